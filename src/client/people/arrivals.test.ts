import { expect, it } from 'vitest';
import { ManualClock } from '../../transport/testing/manual-clock.ts';
import { Arrivals, type Somebody } from './arrivals.ts';

function setUp() {
  const clock = new ManualClock();
  const told: string[] = [];
  const arrivals = new Arrivals(clock, (text) => told.push(text));
  const here = (...names: string[]): void => arrivals.update(true, names.map(person));
  here('Ada');
  return { clock, told, arrivals, here };
}

function person(name: string): Somebody {
  return { author: `key of ${name}`, name };
}

it('names who comes and goes in one sentence, when it has come to rest', () => {
  const { clock, told, here } = setUp();
  here('Ada', 'Ben');
  here('Ada', 'Ben', 'Cleo');
  here('Ben', 'Cleo', 'Dan', 'Eve');
  expect(told).toEqual([]);
  clock.advance(3000);
  expect(told).toEqual(['Ben, Cleo and 2 others joined; Ada left.']);
});

it('says nothing of who is back at once, nor of those who were there before oneself', () => {
  const { clock, told, here } = setUp();
  here();
  here('Ada');
  clock.advance(3000);
  expect(told).toEqual([]);
});

it('T4: says nothing of what a lost connection of one’s own makes others look like', () => {
  const { clock, told, arrivals, here } = setUp();
  arrivals.update(false, []);
  clock.advance(10_000);
  here('Ada', 'Ben');
  clock.advance(3000);
  expect(told).toEqual([]);
});
