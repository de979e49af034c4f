import { expect, it } from 'vitest';
import { plainPresence } from './plain-presence.ts';

const pose = { position: { x: 1, y: 1.7, z: 3 }, x: 0, y: 23_170, z: 0, w: 23_170 };
const headset = { time: 5, scale: 1, hands: 0, head: pose, left: pose, right: pose };

it('T3: somebody in a headset looks from where his head is', () => {
  const { headset: gone, view, ...rest } = plainPresence({ peer: 3, tick: 7, fov: 0, headset });
  expect(gone).toBeUndefined();
  expect(rest).toEqual({ peer: 3, tick: 7, fov: 0 });
  expect(view?.position).toEqual(pose.position);
  expect(view?.rotation.y).toBeCloseTo(Math.SQRT1_2);
  expect(view?.rotation.w).toBeCloseTo(Math.SQRT1_2);
});

it('T3: a rotation that is none is taken for no rotation', () => {
  const head = { ...pose, y: 0, w: 0 };
  const { view } = plainPresence({ peer: 3, tick: 7, fov: 0, headset: { ...headset, head } });
  expect(view?.rotation).toEqual({ x: 0, y: 0, z: 0, w: 1 });
});

it('T3: whoever is at a screen is shown as he is', () => {
  const presence = { peer: 1, tick: 1, fov: 50, cursor: { x: 0, y: 0, z: 0 } };
  expect(plainPresence(presence)).toEqual(presence);
});
