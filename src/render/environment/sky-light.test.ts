import { type DataTexture, DataUtils } from 'three';
import { describe, expect, it } from 'vitest';
import { directionOf, type Triple } from './cube-map.ts';
import { ggxSamples } from './ggx-samples.ts';
import { type Radiance, roughnessOf, SkyLight } from './sky-light.ts';

const LEVELS = 4;

function painted(radiance: Radiance) {
  const light = new SkyLight(radiance);
  light.paint();
  const mips = light.texture.mipmaps as unknown as { readonly images: readonly DataTexture[] }[];
  const levels = [light.texture.images as DataTexture[], ...mips.map(({ images }) => images)];
  /** The red of a level in a direction of the world, from the texel that is nearest. */
  const red = (level: number, world: Triple): number => {
    const faces = levels[level] as readonly DataTexture[];
    let best = { dot: -1, value: 0 };
    for (const [face, { image }] of faces.entries()) {
      for (let y = 0; y < image.height; y++) {
        for (let x = 0; x < image.width; x++) {
          const at: Triple = [0, 0, 0];
          directionOf(face, x, y, image.width, at);
          const dot = -at[0] * world[0] + at[1] * world[1] + at[2] * world[2];
          const value = (image.data as Uint16Array)[(y * image.width + x) * 4] as number;
          if (dot > best.dot) best = { dot, value: DataUtils.fromHalfFloat(value) };
        }
      }
    }
    return best.value;
  };
  return { light, levels, red };
}

describe('the light of a sky', () => {
  it('is the same everywhere under a sky that is', () => {
    const { red } = painted((_direction, out) => {
      out[0] = 0.5;
    });
    for (let level = 0; level < LEVELS; level++) {
      expect(red(level, [0, 1, 0])).toBeCloseTo(0.5, 3);
      expect(red(level, [0.6, -0.8, 0])).toBeCloseTo(0.5, 3);
    }
  });

  it('comes from where the sky is bright, the right way around', () => {
    const { red } = painted(([x], out) => {
      out[0] = Math.max(0, x);
    });
    for (let level = 0; level < LEVELS; level++) {
      expect(red(level, [1, 0, 0])).toBeGreaterThan(red(level, [0, 0, 1]));
      expect(red(level, [0, 0, 1])).toBeGreaterThanOrEqual(red(level, [-1, 0, 0]));
    }
    expect(red(0, [0.8, 0.6, 0])).toBeCloseTo(0.8, 1);
  });

  it('spreads with roughness as the lobe says', () => {
    const { red } = painted(([, y], out) => {
      out[0] = y > 0 ? 1 : 0;
    });
    // Looking at the horizon every lobe is half in the light; towards the zenith it is wholly.
    expect(red(LEVELS - 1, [0, 1, 0])).toBeGreaterThan(0.95);
    expect(red(LEVELS - 1, [0, -1, 0])).toBeLessThan(0.05);
    expect(red(0, [0, 0.1, 0.995])).toBe(1);
    expect(red(LEVELS - 1, [0, 0.1, 0.995])).toBeLessThan(0.75);
  });

  it('has levels that halve, and one more, for three counts from the second', () => {
    const { levels, light } = painted((_direction, out) => out.fill(0));
    expect(levels.map(([face]) => face?.image.width)).toEqual([64, 32, 16, 8, 4]);
    expect(light.texture.mipmaps.length - 1).toBe(LEVELS - 1);
    expect(roughnessOf(0)).toBe(0);
    expect(roughnessOf(LEVELS - 1)).toBe(1);
  });

  it('is made in slices', () => {
    const light = new SkyLight((_direction, out) => out.fill(0));
    let slices = 0;
    const once = (): (() => boolean) => {
      let rows = 0;
      return () => ++rows > 50;
    };
    while (!light.paint(once())) slices += 1;
    expect(slices).toBeGreaterThan(10);
    expect(light.done).toBe(true);
  });
});

it('the samples of a lobe stand for the whole of it', () => {
  for (const roughness of [0.13, 0.5, 1]) {
    const samples = ggxSamples(roughness, 64);
    expect(samples.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1);
    const x = samples.reduce((sum, sample) => sum + sample.weight * sample.x, 0);
    expect(Math.abs(x)).toBeLessThan(0.05);
  }
  const spread = (roughness: number) => ggxSamples(roughness, 64).at(-1)!.z;
  expect(spread(0.13)).toBeGreaterThan(spread(0.3));
});
