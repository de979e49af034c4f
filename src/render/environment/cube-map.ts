/** Colours of the six faces of a cube, `size` texels a side: red, green, blue, row by row. */
export interface CubeMap {
  readonly size: number;
  /** In the order of GPUs: +x, −x, +y, −y, +z, −z. */
  readonly faces: readonly Float32Array[];
}

export const FACES = 6;
const CHANNELS = 3;

export function cubeMap(size: number): CubeMap {
  const faces = Array.from({ length: FACES }, () => new Float32Array(size * size * CHANNELS));
  return { size, faces };
}

/** A direction, or a colour: three numbers that are written to. */
export type Triple = [number, number, number];

/** The direction through the middle of a texel, of length one, as GPUs look a cube up. */
export function directionOf(face: number, x: number, y: number, size: number, out: Triple): void {
  const s = (2 * x + 1) / size - 1;
  const t = (2 * y + 1) / size - 1;
  if (face === 0) set(out, 1, -t, -s);
  else if (face === 1) set(out, -1, -t, s);
  else if (face === 2) set(out, s, 1, t);
  else if (face === 3) set(out, s, -1, -t);
  else if (face === 4) set(out, s, -t, 1);
  else set(out, -s, -t, -1);
  const length = Math.sqrt(1 + s * s + t * t);
  set(out, out[0] / length, out[1] / length, out[2] / length);
}

function set(out: Triple, x: number, y: number, z: number): void {
  out[0] = x;
  out[1] = y;
  out[2] = z;
}

/** Adds the colour in a direction, times `weight`: bilinear within the face that it meets. */
export function addColor(
  { size, faces }: CubeMap,
  x: number,
  y: number,
  z: number,
  weight: number,
  out: Triple,
): void {
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  const az = Math.abs(z);
  let face: number;
  let s: number;
  let t: number;
  if (ax >= ay && ax >= az) {
    face = x > 0 ? 0 : 1;
    s = (x > 0 ? -z : z) / ax;
    t = -y / ax;
  } else if (ay >= az) {
    face = y > 0 ? 2 : 3;
    s = x / ay;
    t = (y > 0 ? z : -z) / ay;
  } else {
    face = z > 0 ? 4 : 5;
    s = (z > 0 ? x : -x) / az;
    t = -y / az;
  }
  const last = size - 1;
  const u = Math.min(Math.max(((s + 1) * size) / 2 - 0.5, 0), last);
  const v = Math.min(Math.max(((t + 1) * size) / 2 - 0.5, 0), last);
  const left = Math.floor(u);
  const top = Math.floor(v);
  const across = u - left;
  const down = v - top;
  const texels = faces[face] as Float32Array;
  const at = (top * size + left) * CHANNELS;
  const right = left < last ? CHANNELS : 0;
  const below = top < last ? size * CHANNELS : 0;
  const a = weight * (1 - across) * (1 - down);
  const b = weight * across * (1 - down);
  const c = weight * (1 - across) * down;
  const d = weight * across * down;
  for (let channel = 0; channel < CHANNELS; channel++) {
    const here = at + channel;
    out[channel as 0 | 1 | 2] +=
      a * texels[here]! +
      b * texels[here + right]! +
      c * texels[here + below]! +
      d * texels[here + right + below]!;
  }
}

/** The same cube with half as many texels a side, each the mean of four. */
export function halved({ size, faces }: CubeMap): CubeMap {
  const half = cubeMap(size / 2);
  for (const [at, from] of faces.entries()) {
    const to = half.faces[at] as Float32Array;
    for (let y = 0; y < half.size; y++) {
      for (let x = 0; x < half.size; x++) {
        for (let channel = 0; channel < CHANNELS; channel++) {
          const above = (2 * y * size + 2 * x) * CHANNELS + channel;
          const below = above + size * CHANNELS;
          to[(y * half.size + x) * CHANNELS + channel] =
            (from[above]! + from[above + CHANNELS]! + from[below]! + from[below + CHANNELS]!) / 4;
        }
      }
    }
  }
  return half;
}
