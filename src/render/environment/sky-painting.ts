import {
  Color,
  DataTexture,
  DataUtils,
  EquirectangularReflectionMapping,
  HalfFloatType,
  LinearFilter,
  LinearSRGBColorSpace,
  RGBAFormat,
} from 'three';
import { shadeSky } from './shade-sky.ts';
import type { Radiance } from './sky-light.ts';
import type { Sky } from './sky-presets.ts';

const CHANNELS = 4;
const OPAQUE = DataUtils.toHalfFloat(1);

/** Linear colour of a point; u to the right and v upwards, 0 to 1. May return one and the same object. */
export type Shade = (u: number, v: number) => Color;

/** A picture of half floats that is painted row by row, so that a large one takes several frames. */
export class Painting {
  readonly texture: DataTexture;
  /** Half floats: red, green, blue and opacity of each texel, from the bottom row up. */
  readonly data: Uint16Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly #shade: Shade;
  #row = 0;

  constructor(width: number, height: number, shade: Shade) {
    this.#shade = shade;
    this.width = width;
    this.height = height;
    this.data = new Uint16Array(width * height * CHANNELS);
    this.texture = new DataTexture(this.data, width, height, RGBAFormat, HalfFloatType);
    this.texture.colorSpace = LinearSRGBColorSpace;
    this.texture.minFilter = LinearFilter;
    this.texture.magFilter = LinearFilter;
  }

  get done(): boolean {
    return this.#row === this.height;
  }

  /** Paints until it is done or `outOfTime`. Returns whether it is done. */
  paint(outOfTime: () => boolean = () => false): boolean {
    while (!this.done && !outOfTime()) this.#paintRow();
    if (this.done) this.texture.needsUpdate = true;
    return this.done;
  }

  #paintRow(): void {
    const y = this.#row;
    this.#row += 1;
    for (let x = 0; x < this.width; x++) {
      const color = this.#shade((x + 0.5) / this.width, (y + 0.5) / this.height);
      const at = (y * this.width + x) * CHANNELS;
      this.data[at] = DataUtils.toHalfFloat(color.r);
      this.data[at + 1] = DataUtils.toHalfFloat(color.g);
      this.data[at + 2] = DataUtils.toHalfFloat(color.b);
      this.data[at + 3] = OPAQUE;
    }
  }
}

/**
 * The colours of a sky that was painted, by direction: bilinear, and around the seam at its back.
 * @param direction of length one, in the world
 */
export function radianceOf({ data, width, height }: Painting): Radiance {
  const colors = Float32Array.from(data, (half) => DataUtils.fromHalfFloat(half));
  return (direction, out) => {
    const u = (Math.atan2(direction[2], direction[0]) / (2 * Math.PI) + 0.5) * width - 0.5;
    const v = (Math.asin(direction[1]) / Math.PI + 0.5) * height - 0.5;
    const left = Math.floor(u);
    const low = Math.max(Math.floor(v), 0);
    const across = u - left;
    const up = Math.min(Math.max(v - low, 0), 1);
    const high = Math.min(low + 1, height - 1);
    const west = ((left + width) % width) * CHANNELS;
    const east = ((left + 1) % width) * CHANNELS;
    for (const channel of [0, 1, 2] as const) {
      const below = low * width * CHANNELS + channel;
      const above = high * width * CHANNELS + channel;
      const bottom = colors[below + west]! * (1 - across) + colors[below + east]! * across;
      const top = colors[above + west]! * (1 - across) + colors[above + east]! * across;
      out[channel] = bottom * (1 - up) + top * up;
    }
  };
}

/** A sky all around, as three's equirectangular mapping wants it; twice as wide as high. */
export function skyPainting(sky: Sky, height: number): Painting {
  const color = new Color();
  const painting = new Painting(height * 2, height, (u, v) =>
    shadeSky(sky, { azimuth: (u - 0.5) * 2 * Math.PI, elevation: (v - 0.5) * Math.PI }, color),
  );
  painting.texture.mapping = EquirectangularReflectionMapping;
  return painting;
}
