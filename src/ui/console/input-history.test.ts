import { expect, it } from 'vitest';
import { InputHistory, type TextStorage } from './input-history.ts';

function storage(kept = new Map<string, string>()): TextStorage {
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

it('goes back to what was run, and on to what was being written', () => {
  const history = new InputHistory(storage());
  history.add('one');
  history.add('two');
  history.add('two');
  history.write('thr');
  expect([history.step(-1), history.step(-1), history.step(-1)]).toEqual(['two', 'one', undefined]);
  expect([history.step(1), history.step(1), history.step(1)]).toEqual(['two', 'thr', undefined]);
});

it('takes an entry that is changed for something new, and leaves the entry as it was', () => {
  const history = new InputHistory(storage());
  history.add('one');
  history.step(-1);
  history.write('one');
  history.write('one!');
  expect(history.step(-1)).toBe('one');
  expect(history.step(1)).toBe('one!');
});

it('is there again in the next page, with what was being written', () => {
  const kept = storage();
  const before = new InputHistory(kept);
  before.add('one');
  before.write('tw');
  const after = new InputHistory(kept);
  expect(after.draft).toBe('tw');
  expect(after.step(-1)).toBe('one');
});

it.each(['{', '3', 'null', '{"entries":[1,"a"],"draft":2}'])('begins anew with %s', (text) => {
  const history = new InputHistory(storage(new Map([['theta-console', text]])));
  expect(history.draft).toBe('');
  expect([undefined, 'a']).toContain(history.step(-1));
});
