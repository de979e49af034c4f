import { expect, it } from 'vitest';
import { LocalSession } from '../../editor/testing/local-session.ts';
import type { CameraRig } from '../../render/camera-rig.ts';
import type { PeerPresence } from '../presence/presence-receiver.ts';
import { Eyes } from './eyes.ts';

it('who follows in a headset comes after in steps, and is not moved along', () => {
  const editor = new LocalSession().editor();
  const { self } = editor.people.getState();
  editor.people.setState({ others: [{ ...self, peer: '7', name: 'Mira', hasView: true }] });
  const went: string[] = [];
  let position: [number, number, number] = [0, 1.6, 0];
  const eyes = new Eyes({
    editor,
    rig: {} as CameraRig,
    headset: () => ({ goTo: (peer) => void went.push(peer) }),
    presenceOf: () => ({ view: { position, rotation: [0, 0, 0, 1] } }) as unknown as PeerPresence,
  });
  const walk = (x: number, now: number): number => {
    position = [x, 1.6, 0];
    eyes.update(now);
    return went.length;
  };
  expect(walk(0, 0), 'nobody is followed').toBe(0);
  editor.follow('7');
  expect(walk(0.1, 100)).toBe(1);
  expect(walk(1, 3000), 'a step aside').toBe(1);
  expect(walk(3, 3100)).toBe(2);
  expect(walk(8, 3200), 'too soon').toBe(2);
  expect(walk(8.1, 5000)).toBe(3);
  editor.follow(undefined);
  expect(walk(20, 9000)).toBe(3);
  editor.follow('7');
  expect(walk(20.1, 9100), 'anew, from wherever').toBe(4);
});
