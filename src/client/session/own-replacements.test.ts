import { beforeEach, describe, expect, it } from 'vitest';
import { ThetaError } from '../../shared/errors.ts';
import { ManualClock } from '../../transport/testing/manual-clock.ts';
import { OwnReplacements } from './own-replacements.ts';

const REPLACED = new ThetaError('closed_4409', 'The same tab has joined again.');
const LOST = new ThetaError('closed_4408', 'Silence.');

let clock: ManualClock;
let replacements: OwnReplacements<{ name: string }>;

function begin(name: string) {
  const link = { name };
  replacements.begin(link);
  return link;
}

beforeEach(() => {
  clock = new ManualClock();
  replacements = new OwnReplacements(clock);
});

describe('T2, T4: a connection that was replaced', () => {
  it('by another page is over', () => {
    const only = begin('only');
    clock.advance(5_000);
    expect(replacements.judge(only, REPLACED)).toBe(REPLACED);
  });

  it('by a newer link of this page is a line lost', () => {
    const old = begin('old');
    clock.advance(90_000);
    begin('new');
    expect(replacements.judge(old, REPLACED)).toMatchObject({ code: 'lost', cause: REPLACED });
  });

  it('by an older link of this page, whose greeting came late, is a line lost', () => {
    begin('late');
    clock.advance(3_000);
    expect(replacements.judge(begin('new'), REPLACED).code).toBe('lost');
  });

  it('long after its page began another is over', () => {
    begin('old');
    clock.advance(20_000);
    const last = begin('last');
    clock.advance(60_000);
    expect(replacements.judge(last, REPLACED)).toBe(REPLACED);
  });

  it('again and again is over: two copies of a profile do not drive each other out for ever', () => {
    const codes = Array.from({ length: 6 }, () => {
      begin('one');
      clock.advance(500);
      return replacements.judge(begin('another'), REPLACED).code;
    });
    expect(codes).toEqual(['lost', 'lost', 'lost', ...Array(3).fill('closed_4409')]);
  });

  it('and whatever else ends one is what it is', () => {
    begin('one');
    expect(replacements.judge(begin('another'), LOST)).toBe(LOST);
  });
});
