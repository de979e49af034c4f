import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ViewportScale } from './viewport-scale.ts';

const INTERVAL = 1000 / 90;

/** A headset whose GPU needs `full` intervals for the whole buffer; frames come in whole intervals. */
function run(scale: ViewportScale, full: number, frames: number): number[] {
  const changes: number[] = [];
  for (let frame = 0; frame < frames; frame++) {
    const before = scale.scale;
    const needed = Math.max(1, Math.ceil(full * before * before));
    const after = scale.frame(needed * INTERVAL, 2, INTERVAL);
    if (after !== before) changes.push(frame);
  }
  return changes;
}

describe('the framebuffer scale', () => {
  it('stays whole while every frame is in time', () => {
    const scale = new ViewportScale();
    expect(run(scale, 0.9, 10_000)).toEqual([]);
    expect(scale.scale).toBe(1);
  });

  it('shrinks until frames are in time', () => {
    const scale = new ViewportScale();
    run(scale, 1.5, 600);
    expect(1.5 * scale.scale ** 2).toBeLessThanOrEqual(1);
  });

  it('settles instead of swinging, whatever the load', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.01, max: 3.9, noNaN: true }), (full) => {
        const scale = new ViewportScale();
        run(scale, full, 90 * 60 * 5);
        // A trial up and back is two changes; the waits between them double.
        const late = run(scale, full, 90 * 60 * 5);
        expect(late.length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 20, seed: 5 },
    );
  });

  it('grows back when the load is gone', () => {
    const scale = new ViewportScale();
    run(scale, 2.5, 2000);
    expect(scale.scale).toBeLessThan(0.7);
    run(scale, 0.3, 90 * 60 * 3);
    expect(scale.scale).toBe(1);
  });

  it('does not blame the GPU for a busy CPU, nor for a pause', () => {
    const scale = new ViewportScale();
    for (let frame = 0; frame < 500; frame++) scale.frame(2 * INTERVAL, INTERVAL, INTERVAL);
    for (let frame = 0; frame < 500; frame++) scale.frame(5000, 1, INTERVAL);
    expect(scale.scale).toBe(1);
  });

  it('never goes below its smallest', () => {
    const scale = new ViewportScale();
    run(scale, 12, 5000);
    expect(scale.scale).toBe(0.5);
  });
});
