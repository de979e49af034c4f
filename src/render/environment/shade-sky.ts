import type { Color } from 'three';
import type { Rgb, Sky, SkySun, Softbox } from './sky-presets.ts';

/** The ground takes over within so many radians below the horizon. */
const HORIZON_SOFTNESS = 0.06;
/** Brighter than this a sun's disc would blow up what reflects it; its light is a light's matter. */
const SUN_RADIANCE = 12;
const CLOUD_SCALE = 1.6;
const CLOUD_OCTAVES = 4;
const CLOUD_SOFTNESS = 0.28;
const STAR_CELLS = 220;
const STAR_SHARE = 0.0035;

/** A direction as a texel of an equirectangular picture has it. */
export interface SkyDirection {
  /** Radians around y, from x to z. */
  readonly azimuth: number;
  /** Radians above the horizon. */
  readonly elevation: number;
}

/** The linear radiance of a sky in a direction, written to `out`. */
export function shadeSky(sky: Sky, direction: SkyDirection, out: Color): Color {
  const { azimuth, elevation } = direction;
  const up = Math.sin(elevation);
  const rise = Math.max(0, up) ** sky.falloff;
  mix(out, sky.horizon, sky.zenith, rise);
  if (sky.clouds !== undefined && up > 0) addClouds(out, sky.clouds, azimuth, elevation);
  if (sky.stars === true && up > 0) addStars(out, direction, up);
  if (sky.sun !== undefined) addSun(out, sky.sun, azimuth, elevation);
  blend(out, sky.ground, smooth(0, -HORIZON_SOFTNESS, elevation));
  let lamps = 0;
  for (const box of sky.softboxes ?? []) lamps += softboxAt(box, azimuth, elevation);
  return out.setRGB(out.r + lamps, out.g + lamps, out.b + lamps);
}

function addSun(out: Color, sun: SkySun, azimuth: number, elevation: number): void {
  if (sun.glow === 0) return;
  const angle = angleBetween(sun, { azimuth, elevation });
  const disc = sun.size > 0 ? smooth(sun.size, sun.size * 0.8, angle) * SUN_RADIANCE : 0;
  const glow = sun.glowStrength * Math.exp((-3 * angle) / sun.glow);
  const [r, g, b] = sun.color;
  out.setRGB(out.r + r * (disc + glow), out.g + g * (disc + glow), out.b + b * (disc + glow));
}

function addClouds(
  out: Color,
  { cover, color }: NonNullable<Sky['clouds']>,
  azimuth: number,
  elevation: number,
): void {
  // As on a flat ceiling, so that they grow smaller towards the horizon.
  const reach = (CLOUD_SCALE * Math.cos(elevation)) / (Math.sin(elevation) + 0.12);
  const density = fractalNoise(reach * Math.cos(azimuth) + 7.3, reach * Math.sin(azimuth) + 2.9);
  const edge = 1 - cover;
  const amount = smooth(edge - CLOUD_SOFTNESS / 2, edge + CLOUD_SOFTNESS, density);
  const near = smooth(0.02, 0.22, elevation);
  blend(out, color, amount * near * 0.85);
}

function addStars(out: Color, { azimuth, elevation }: SkyDirection, up: number): void {
  const column = Math.floor((azimuth * Math.cos(elevation) * STAR_CELLS) / Math.PI);
  const row = Math.floor((elevation * STAR_CELLS) / Math.PI);
  const chance = lattice(column, row);
  if (chance > STAR_SHARE) return;
  const light = (0.15 + 0.85 * (chance / STAR_SHARE)) * Math.min(1, up * 3) * 0.8;
  out.setRGB(out.r + light, out.g + light, out.b + light * 1.1);
}

function softboxAt(box: Softbox, azimuth: number, elevation: number): number {
  const turn = Math.atan2(Math.sin(azimuth - box.azimuth), Math.cos(azimuth - box.azimuth));
  const x = (turn * Math.cos(elevation)) / box.width;
  const y = (elevation - box.elevation) / box.height;
  return box.strength * Math.exp(-((x * x) ** 2 + (y * y) ** 2));
}

function angleBetween(a: SkyDirection, b: SkyDirection): number {
  const cosine =
    Math.sin(a.elevation) * Math.sin(b.elevation) +
    Math.cos(a.elevation) * Math.cos(b.elevation) * Math.cos(a.azimuth - b.azimuth);
  return Math.acos(Math.min(1, Math.max(-1, cosine)));
}

function mix(out: Color, from: Rgb, to: Rgb, share: number): void {
  out.setRGB(
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  );
}

function blend(out: Color, over: Rgb, share: number): void {
  mix(out, [out.r, out.g, out.b], over, share);
}

/** Hermite's step from 0 at `from` to 1 at `to`, whichever is greater. */
function smooth(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** Octaves of value noise, 0 to 1. */
function fractalNoise(x: number, y: number): number {
  let [sum, weight, size, scale] = [0, 0, 0.5, 1];
  for (let octave = 0; octave < CLOUD_OCTAVES; octave++) {
    sum += size * valueNoise(x * scale, y * scale);
    weight += size;
    size /= 2;
    scale *= 2.1;
  }
  return sum / weight;
}

function valueNoise(x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [smooth(0, 1, x - column), smooth(0, 1, y - row)];
  const top = lattice(column, row) * (1 - across) + lattice(column + 1, row) * across;
  const bottom = lattice(column, row + 1) * (1 - across) + lattice(column + 1, row + 1) * across;
  return top * (1 - down) + bottom * down;
}

/** A number from 0 to 1 for a point of a lattice, always the same. */
function lattice(x: number, y: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 0xffffffff;
}
