import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../geometry/vec3.ts';
import { CAMERA } from '../testing/pointer.ts';
import { isDrag, pixelsApart } from './pointer-distance.ts';
import { NO_MODIFIERS, type PointerInput } from './pointer-input.ts';

function aim(origin: Vec3, direction: Vec3, more: Partial<PointerInput> = {}): PointerInput {
  return {
    type: 'move',
    ray: { origin, direction },
    button: 0,
    modifiers: NO_MODIFIERS,
    camera: { ...CAMERA, scale: 0.001 },
    ...more,
  };
}
const unit = (x: number): Vec3 => [Math.sin(x), 0, -Math.cos(x)];

describe('pixelsApart', () => {
  it('goes by the angle from one eye, whatever is hit', () => {
    const eye: Vec3 = [0, 0, 10];
    expect(pixelsApart(aim(eye, unit(0)), aim(eye, unit(0.01)))).toBeCloseTo(10, 3);
    const hit = { entity: 1, point: [0, 0, 0], normal: [0, 0, 1], distance: 10 } as const;
    const far = { hit } as unknown as Partial<PointerInput>;
    expect(pixelsApart(aim(eye, unit(0), far), aim(eye, unit(0.01)))).toBeCloseTo(10, 3);
  });

  it('goes by the way across in a parallel view', () => {
    const camera = { ...CAMERA, perspective: false, scale: 0.01 };
    const from = aim([0, 0, 10], [0, 0, -1], { camera });
    const to = aim([0.3, 0, 10], [0, 0, -1], { camera });
    expect(pixelsApart(from, to)).toBeCloseTo(30);
  });

  it('counts the way of a hand as well as its turn', () => {
    const from = aim([0, 0, 10], unit(0));
    expect(pixelsApart(from, aim([0.02, 0, 10], unit(0)))).toBeCloseTo(20);
  });
});

describe('isDrag', () => {
  it('leaves a finger more room than a mouse', () => {
    const eye: Vec3 = [0, 0, 10];
    const to = aim(eye, unit(0.008));
    expect(isDrag(aim(eye, unit(0)), to)).toBe(true);
    expect(isDrag(aim(eye, unit(0), { slack: 12 }), to)).toBe(false);
  });
});
