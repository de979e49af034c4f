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

const labels = (query: string, recent?: readonly string[]) =>
  matchActions(ACTIONS, query, recent).flatMap(({ actions }) => actions.map(({ label }) => label));

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

test('without a query, what was used last comes first, once, and what is gone not at all', () => {
  const recent = ['Scale', 'an action of yesterday', 'Undo'];
  expect(labels('', recent)).toEqual([
    'Scale',
    'Undo',
    'Move',
    'Remove',
    'Select all',
    'Frame all',
  ]);
  expect(matchActions(ACTIONS, '', recent)[0]?.heading).toBe('Recently used');
});

test('of what fits a query equally well, what was used last comes first', () => {
  expect(labels('all', ['Frame all'])).toEqual(['Frame all', 'Select all']);
  expect(labels('move', ['Remove'])).toEqual(['Move', 'Remove']);
});
