import { expect, test } from 'vitest';
import { changesSince } from './notice-changes.ts';

test('what is new is added, what has left the store is removed, the rest stays', () => {
  const changes = changesSince(new Set(['a', 'b']), [{ id: 'b' }, { id: 'c' }]);
  expect(changes).toEqual({ added: [{ id: 'c' }], removed: ['a'] });
});

test('nothing changes when nothing has', () => {
  expect(changesSince(new Set(['a']), [{ id: 'a' }])).toEqual({ added: [], removed: [] });
});
