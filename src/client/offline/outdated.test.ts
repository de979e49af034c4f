import { beforeEach, describe, expect, it } from 'vitest';
import { ThetaError } from '../../shared/errors.ts';
import { REFUSALS } from '../../ui/pages/refusals.ts';
import { refusalKindOf } from '../refusal-pages.ts';
import { mayReloadFrom, OUTDATED, type ReleasedSession, watchRelease } from './outdated.ts';

describe('T3: an outdated page loads itself anew', () => {
  const values = new Map<string, string>();
  const storage = () =>
    ({
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
    }) as Storage;

  beforeEach(() => values.clear());

  it('once, where no newer one comes', () => {
    expect(mayReloadFrom('main-1.js', storage)).toBe(true);
    expect(mayReloadFrom('main-1.js', storage)).toBe(false);
  });

  it('again when it is of another release and that one, too, is outdated', () => {
    expect(mayReloadFrom('main-1.js', storage)).toBe(true);
    expect(mayReloadFrom('main-2.js', storage)).toBe(true);
    expect(mayReloadFrom('main-2.js', storage)).toBe(false);
  });

  it('never where it cannot be noted that it did', () => {
    const none = (): Storage => {
      throw new DOMException('The storage is switched off.', 'SecurityError');
    };
    expect(mayReloadFrom('main-1.js', none)).toBe(false);
  });
});

describe('T3: somebody whose page has become outdated while he works', () => {
  it('is told once, in the words of the server', () => {
    const session: { -readonly [Key in keyof ReleasedSession]: ReleasedSession[Key] } = {
      isOver: false,
      problem: new ThetaError('lost', 'The connection was lost.'),
    };
    const told: string[] = [];
    const watch = watchRelease(session, (text) => told.push(text));
    watch();
    expect(told).toEqual([]);
    session.problem = new ThetaError(OUTDATED, 'This page is older than the server. Reload it.');
    session.isOver = true;
    watch();
    watch();
    expect(told).toEqual(['This page is older than the server. Reload it.']);
  });
});

describe('T3: the page that explains it', () => {
  it('says what to do and what becomes of edits, and has a button for it', () => {
    const { title, text, reload } = REFUSALS[refusalKindOf(OUTDATED)];
    expect(title).toBe('A newer Theta is running here');
    expect(text).toMatch(/Reload .*; edits that wait are kept\./);
    expect(reload).toBe(true);
  });
});
