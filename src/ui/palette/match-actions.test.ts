import { expect, test } from 'vitest';
import type { Action, ActionGroup } from '../../editor/editor.ts';
import { matchActions } from './match-actions.ts';

const action = (label: string, group: ActionGroup): Action => ({
  id: label,
  label,
  group,
  keys: [],
  enabled: () => true,
  run: () => undefined,
});

const ACTIONS = [
  action('Move', 'Tools'),
  action('Undo', 'Edit'),
  action('Remove', 'Edit'),
  action('Scale', 'Tools'),
  action('Select all', 'Selection'),
  action('Frame all', 'View'),
];

const labels = (query: string) => matchActions(ACTIONS, query).map(({ label }) => label);

test('without a query, every action shows, group by group', () => {
  expect(labels('  ')).toEqual(['Move', 'Scale', 'Undo', 'Remove', 'Select all', 'Frame all']);
});

test('what starts with the query comes before what holds it', () => {
  expect(labels('move')).toEqual(['Move', 'Remove']);
});

test('every word counts, in any order', () => {
  expect(labels('all')).toEqual(['Select all', 'Frame all']);
  expect(labels('all fr')).toEqual(['Frame all']);
});

test('a group’s name brings its actions', () => {
  expect(labels('tool')).toEqual(['Move', 'Scale']);
});

test('no match is an empty list', () => {
  expect(labels('zebra')).toEqual([]);
});
