import { describe, expect, it } from 'vitest';
import type { Presence } from '../../protocol/generated/types.ts';
import { seededRandom } from '../../shared/random.ts';
import { type InterestOptions, PresenceInterest } from './presence-interest.ts';
import { objectKeys, placeOf } from './presence-place.ts';

const TICK = 1000 / 30;
const SITE = { author: new Uint8Array(8).fill(3), replica: 1 };

function at(x: number, extra: Partial<Presence> = {}): Presence {
  const rotation = { x: 0, y: 0, z: 0, w: 1 };
  return { peer: 0, tick: 0, fov: 50, view: { position: { x, y: 0, z: 0 }, rotation }, ...extra };
}

/** People who show where they are, tick by tick. */
class Scene {
  readonly interest: PresenceInterest;
  now = 0;
  readonly #size: number;

  constructor(options: Partial<InterestOptions> = {}, size = 100) {
    this.interest = new PresenceInterest(options);
    this.#size = size;
  }

  show(id: number, presence: Presence): void {
    const place = placeOf(presence, this.interest.placeOf(id));
    this.interest.show(id, place, this.#size, this.now);
  }

  tick(id: number): number[] {
    this.now += TICK;
    return this.interest.take(id, this.now);
  }
}

function hearsEachTick(scene: Scene, x: number): boolean {
  let heard = 0;
  for (let i = 0; i < 10; i++) {
    scene.show(2, at(x));
    heard += scene.tick(1).length;
  }
  return heard === 10;
}

describe('R3: presence', () => {
  it('of who is near is heard at each tick, of who is far once a second, and then the latest', () => {
    const scene = new Scene();
    scene.show(1, at(0));
    let near = 0;
    let far = 0;
    let last = 0;
    for (let i = 0; i < 90; i++) {
      scene.show(2, at(10));
      scene.show(3, at(5000 + i));
      const heard = scene.tick(1);
      near += heard.filter((id) => id === 2).length;
      if (!heard.includes(3)) continue;
      far += 1;
      last = i + 1;
    }
    expect(near).toBe(90);
    expect(far).toBe(3);
    expect(scene.interest.counts).toEqual({ delivered: 93, squashed: last - 3 });
  });

  it('does not flicker at a border: who was near stays so for a cell more', () => {
    const scene = new Scene();
    scene.show(1, at(0));
    expect(hearsEachTick(scene, 40)).toBe(true);
    expect(hearsEachTick(scene, 60)).toBe(true);
    expect(hearsEachTick(scene, 70)).toBe(false);
    expect(hearsEachTick(scene, 60)).toBe(false);
    expect(hearsEachTick(scene, 40)).toBe(true);
  });

  it('reaches who looks at it from afar', () => {
    const scene = new Scene();
    scene.show(1, at(0, { cursor: { x: 300, y: 0, z: 0 } }));
    expect(hearsEachTick(scene, 400)).toBe(true);
    scene.show(1, at(0));
    expect(hearsEachTick(scene, 400)).toBe(true);
    scene.show(1, at(0, { cursor: { x: 5, y: 0, z: 0 } }));
    expect(hearsEachTick(scene, 400)).toBe(false);
  });

  it('of an object that one has selected is heard from anywhere, by him alone', () => {
    const scene = new Scene();
    const entity = { site: 0, counter: 9 };
    const one = { x: 1, y: 1, z: 1 };
    const item = {
      entity,
      position: { x: 9000, y: 0, z: 0 },
      rotation: { ...one, w: 1 },
      scale: one,
    };
    const drag = at(9000, { sites: [SITE], preview: [item] });
    scene.show(1, at(0));
    scene.show(4, at(0));
    scene.interest.attend(1, objectKeys([SITE], [entity]), 0);
    scene.tick(1);
    scene.tick(4);
    const heard = { attending: 0, other: 0 };
    for (let i = 0; i < 10; i++) {
      scene.show(2, drag);
      heard.attending += scene.tick(1).filter((id) => id === 2).length;
      heard.other += scene.tick(4).filter((id) => id === 2).length;
    }
    expect(heard).toEqual({ attending: 10, other: 1 });
  });

  it('starves nobody in a small budget, and lets the near ones go first', () => {
    const scene = new Scene({ bytesPerSecond: 3000, burstBytes: 1000 }, 100);
    scene.show(1, at(0));
    const heard = new Map<number, number>();
    for (let i = 0; i < 300; i++) {
      for (let id = 2; id < 42; id++) scene.show(id, at(id < 7 ? 5 : 4000));
      for (const id of scene.tick(1)) heard.set(id, (heard.get(id) ?? 0) + 1);
    }
    // Ten seconds at 30 a second.
    const total = [...heard.values()].reduce((sum, each) => sum + each, 0);
    expect(total).toBeLessThanOrEqual(310);
    const near = Math.min(...[2, 3, 4, 5, 6].map((id) => heard.get(id) ?? 0));
    const far = Array.from({ length: 35 }, (_, i) => heard.get(i + 7) ?? 0);
    expect(Math.min(...far)).toBeGreaterThanOrEqual(4);
    expect(near).toBeGreaterThan(2 * Math.max(...far));
  });

  it('when traffic stops, everybody has heard the last of everybody (seed 7)', () => {
    const random = seededRandom(7);
    const scene = new Scene({ bytesPerSecond: 20_000, burstBytes: 2000 });
    const people = Array.from({ length: 20 }, (_, i) => i + 1);
    const latest = new Map<number, number>();
    const heard = new Map<string, number>();
    const listen = (): void => {
      scene.now += TICK;
      for (const id of people) {
        for (const other of scene.interest.take(id, scene.now)) {
          heard.set(`${id} ${other}`, latest.get(other) ?? 0);
        }
      }
    };
    for (let round = 1; round <= 60; round++) {
      for (const id of people) {
        if (random.next() < 0.3) continue;
        scene.show(id, at(random.next() * 1000));
        latest.set(id, round);
      }
      listen();
    }
    expect(scene.interest.isBehind).toBe(true);
    for (let i = 0; i < 60 && scene.interest.isBehind; i++) listen();
    expect(scene.interest.isBehind).toBe(false);
    for (const id of people) {
      for (const other of people) {
        if (other !== id) expect(heard.get(`${id} ${other}`)).toBe(latest.get(other));
      }
    }
  });

  it('filters most of what is irrelevant: 50 people spread over 10,000 objects', () => {
    const random = seededRandom(11);
    const scene = new Scene();
    // 100 × 100 objects, ten metres apart.
    const homes = Array.from({ length: 50 }, () => [random.next() * 1000, random.next() * 1000]);
    const near = (a: number, b: number): boolean => {
      const [ax = 0, az = 0] = homes[a] ?? [];
      const [bx = 0, bz = 0] = homes[b] ?? [];
      return Math.max(Math.abs(ax - bx), Math.abs(az - bz)) <= 64;
    };
    const show = (id: number): void => {
      const [x = 0, z = 0] = homes[id] ?? [];
      const place = { x: x + random.next(), y: 2, z: z + random.next() };
      const rotation = { x: 0, y: 0, z: 0, w: 1 };
      scene.show(id, at(0, { view: { position: place, rotation }, cursor: { ...place, y: 0 } }));
    };
    const sent = { near: 0, far: 0, nearAll: 0, farAll: 0 };
    for (let tick = 0; tick < 150; tick++) {
      for (let id = 0; id < 50; id++) show(id);
      scene.now += TICK;
      for (let id = 0; id < 50; id++) {
        const heard = new Set(scene.interest.take(id, scene.now));
        for (let other = 0; other < 50; other++) {
          if (other === id) continue;
          const kind = near(id, other) ? 'near' : 'far';
          sent[`${kind}All`] += 1;
          if (heard.has(other)) sent[kind] += 1;
        }
      }
    }
    expect(sent.farAll).toBeGreaterThan(10 * sent.nearAll);
    expect(1 - sent.far / sent.farAll).toBeGreaterThanOrEqual(0.8);
  });

  it('is forgotten with its person', () => {
    const scene = new Scene();
    scene.show(1, at(0));
    scene.show(2, at(0));
    expect(scene.tick(1)).toEqual([2]);
    scene.interest.leave(2);
    expect(scene.tick(1)).toEqual([]);
    expect(scene.interest.isBehind).toBe(false);
  });

  it('is told to who comes, or comes back, at once', () => {
    const scene = new Scene();
    scene.show(2, at(9000));
    scene.show(1, at(0));
    expect(scene.tick(1)).toEqual([2]);
    scene.interest.enter(1, scene.now);
    expect(scene.tick(1)).toEqual([2]);
  });
});
