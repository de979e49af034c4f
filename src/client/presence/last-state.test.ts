import { expect, it } from 'vitest';
import type { OwnPresence } from '../viewport/viewport-model.ts';
import { LastState } from './last-state.ts';

const NOTHING: OwnPresence = { view: undefined, cursor: undefined };
const VIEW: OwnPresence = {
  view: { position: [1, 2, 3], rotation: [0, 0, 0, 1] },
  cursor: { point: [0, 0, 0] },
};
const hand = { position: [0, 1, 0], rotation: [0, 0, 0, 1] } as const;
const HEADSET: OwnPresence = {
  ...NOTHING,
  headset: { head: hand, left: hand, right: hand, scale: 1 },
};

it('tells what is new from what was shown last', () => {
  const state = new LastState();
  expect(state.take(VIEW, 0)).toBe(true);
  expect(state.take(structuredClone(VIEW), 0)).toBe(false);
  expect(state.take(VIEW, 1)).toBe(true);
  expect(state.take({ ...VIEW, cursor: undefined }, 1)).toBe(true);
  expect(state.take(NOTHING, 1)).toBe(true);
  expect(state.take(NOTHING, 1)).toBe(false);
  expect(state.take(HEADSET, 1)).toBe(true);
  expect(state.take(HEADSET, 1)).toBe(false);
  expect(state.take({ ...NOTHING, headset: { ...HEADSET.headset!, right: undefined } }, 1)).toBe(
    true,
  );
});
