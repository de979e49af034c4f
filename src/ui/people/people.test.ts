import { describe, expect, test } from 'vitest';
import { initialsOf } from './initials.ts';
import { inkOn } from './ink-on.ts';

describe('initialsOf', () => {
  test('takes the first and the last word', () => {
    expect(initialsOf('Ada Lovelace')).toBe('AL');
    expect(initialsOf('  ada   king lovelace ')).toBe('AL');
    expect(initialsOf('Grace')).toBe('G');
  });

  test('a nameless person has a mark, not a gap', () => {
    expect(initialsOf('   ')).toBe('?');
  });

  test('never cuts a letter in two', () => {
    expect(initialsOf('𝒜da 𝓛ovelace')).toBe('𝒜𝓛');
  });
});

describe('inkOn', () => {
  test('dark on light colours, white on dark ones', () => {
    expect(inkOn('#ffd166')).toBe('#101114');
    expect(inkOn('#3a1f8f')).toBe('#ffffff');
  });

  test('what is no colour is taken as dark', () => {
    expect(inkOn('tomato')).toBe('#ffffff');
  });
});
