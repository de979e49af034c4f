import { Vector3 } from 'three';
import { describe, expect, it, vi } from 'vitest';
import { TestPerson } from '../testing/person.ts';
import { ArPlacement, type HitTestFrame, type HitTestSession } from './ar-placement.ts';

/** What camera-controls wants of a browser. */
vi.stubGlobal('DOMRect', class {});

const space = {} as XRReferenceSpace;
const source = { cancel: vi.fn() } as unknown as XRHitTestSource;

/** A headset that knows one table top, or none. */
function headset(features: string[], table?: Vector3) {
  const session: HitTestSession = {
    enabledFeatures: features,
    requestReferenceSpace: (async () => space) as HitTestSession['requestReferenceSpace'],
    requestHitTestSource: async () => source,
  };
  const pose = table && { transform: { position: table } };
  const frame = {
    getHitTestResults: () => (pose ? [{ getPose: () => pose }] : []),
  } as unknown as HitTestFrame;
  return { session, frame };
}

async function setUp(features: string[], table?: Vector3) {
  const me = new TestPerson();
  me.box([2, 1, -4], 1);
  me.rig.set(new Vector3(1, 0, 3), 0.5, 2);
  me.hand('right');
  const placement = new ArPlacement(me.rig, me.view, (side, touch) => me.felt.push([side, touch]));
  const { session, frame } = headset(features, table);
  await placement.start(session);
  placement.update(frame, space);
  const press = () => placement.press(me.interaction.hands[0]!);
  return { me, placement, press };
}

describe('placing the scene in a real room', () => {
  it('sets the middle of its underside down where the ring is', async () => {
    const table = new Vector3(0.2, 0.72, -0.8);
    const { me, placement, press } = await setUp(['hit-test'], table);
    expect(placement.mark.visible).toBe(true);
    expect(placement.hover(me.interaction.hands[0]!)).toBeDefined();
    press();
    expect(me.rig.toWorld(table.clone()).distanceTo(new Vector3(2, 0.5, -4))).toBeLessThan(1e-5);
    expect([me.rig.yaw, me.rig.scale]).toEqual([0.5, 2]);
    expect(placement.placing).toBe(false);
    expect(placement.mark.visible).toBe(false);
    expect(me.felt).toContainEqual(['right', 'grab']);
  });

  it('waits while no surface is seen, and takes no press', async () => {
    const { me, placement, press } = await setUp(['hit-test']);
    expect(placement.placing).toBe(true);
    expect(placement.hover(me.interaction.hands[0]!)).toBeUndefined();
    press();
    expect(me.rig.position.toArray()).toEqual([1, 0, 3]);
  });

  it('changes nothing on a device that refuses when it is asked', async () => {
    const me = new TestPerson();
    const placement = new ArPlacement(me.rig, me.view, () => undefined);
    const { session } = headset(['hit-test']);
    const refuse = () => Promise.reject(new DOMException('No.', 'NotSupportedError'));
    await placement.start({ ...session, requestHitTestSource: refuse });
    expect([placement.available, placement.placing]).toEqual([false, false]);
  });

  it('is not offered by a device that knows no surfaces', async () => {
    const { placement } = await setUp([], new Vector3());
    expect([placement.available, placement.placing]).toEqual([false, false]);
    placement.begin();
    expect(placement.placing).toBe(false);
  });
});
