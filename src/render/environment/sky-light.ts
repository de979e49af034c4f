import {
  CubeReflectionMapping,
  CubeTexture,
  DataTexture,
  DataUtils,
  HalfFloatType,
  LinearFilter,
  LinearMipmapLinearFilter,
  LinearSRGBColorSpace,
  RGBAFormat,
} from 'three';
import {
  addColor,
  type CubeMap,
  cubeMap,
  directionOf,
  FACES,
  halved,
  type Triple,
} from './cube-map.ts';
import { ggxSamples, type LobeSample } from './ggx-samples.ts';

/** Linear radiance of a direction in the world, of length one. */
export type Radiance = (direction: Readonly<Triple>, out: Triple) => void;

/** Texels of a face, from a mirror's reflection to what a wall throws back. */
const SIZES = [64, 32, 16, 8] as const;
const SAMPLES = [1, 16, 40, 64] as const;
const SHARPEST = SIZES[0];
const ROUGHEST = SIZES.length - 1;
/** Blurs a little more than the samples' own size, which hides them. In levels. */
const BIAS = 1;
const CHANNELS = 4;
const OPAQUE = DataUtils.toHalfFloat(1);

interface Sampled extends LobeSample {
  /** A picture as coarse as the sample is large. */
  readonly source: CubeMap;
}

/**
 * What a sky lights surfaces with, as three wants it: a cube map whose levels are its reflections in
 * surfaces of growing roughness. Three makes one on the GPU for every picture that is given as an
 * environment, which keeps a slow one busy for seconds; this one is small, and made row by row.
 */
export class SkyLight {
  readonly texture: CubeTexture;
  readonly #levels: readonly CubeMap[] = SIZES.map((size) => cubeMap(size));
  readonly #rows: Iterator<undefined>;
  #done = false;

  constructor(radiance: Radiance) {
    this.#rows = paintRows(this.#levels, radiance);
    this.texture = new CubeTexture();
    this.texture.mapping = CubeReflectionMapping;
    this.texture.colorSpace = LinearSRGBColorSpace;
    this.texture.format = RGBAFormat;
    this.texture.type = HalfFloatType;
    this.texture.magFilter = LinearFilter;
    this.texture.minFilter = LinearMipmapLinearFilter;
    this.texture.generateMipmaps = false;
    this.texture.isPMREMTexture = true;
  }

  get done(): boolean {
    return this.#done;
  }

  /** Works until it is done or `outOfTime`. Returns whether it is done. */
  paint(outOfTime: () => boolean = () => false): boolean {
    while (!this.#done && !outOfTime()) {
      if (this.#rows.next().done === true) this.#finish();
    }
    return this.#done;
  }

  #finish(): void {
    this.#done = true;
    const [sharp = [], ...rest] = this.#levels.map(imagesOf);
    this.texture.image = sharp;
    // Three takes the last of these for the roughest and counts them from the sharpest, which is not
    // among them: so there is one that nothing looks at.
    const unseen = imagesOf(halved(this.#levels[ROUGHEST] as CubeMap));
    this.texture.mipmaps = [...rest, unseen].map(levelOf) as unknown as typeof this.texture.mipmaps;
    this.texture.needsUpdate = true;
  }
}

function* paintRows(levels: readonly CubeMap[], radiance: Radiance): Generator<undefined> {
  const sharpest = levels[0] as CubeMap;
  const inWorld: Triple = [0, 0, 0];
  for (const step of rows(sharpest, (direction, color) => {
    // Cube maps are seen from inside: three mirrors what it looks up in them.
    inWorld[0] = -direction[0];
    inWorld[1] = direction[1];
    inWorld[2] = direction[2];
    radiance(inWorld, color);
  })) {
    yield step;
  }
  const sources: CubeMap[] = [sharpest];
  for (let size: number = SHARPEST; size > 1; size /= 2)
    sources.push(halved(sources.at(-1) as CubeMap));
  for (const [at, level] of levels.entries()) {
    if (at === 0) continue;
    const lobe = sampledFrom(sources, ggxSamples(roughnessOf(at), SAMPLES[at] as number));
    yield* rows(level, (normal, color) => gather(lobe, normal, color));
  }
}

/** As three looks levels up, the other way around: `PMREMGenerator.lodToRoughness`. */
export function roughnessOf(level: number): number {
  return 1 - Math.sqrt(1 - level / ROUGHEST);
}

/** Fills a level; one row a step. */
function* rows(
  { size, faces }: CubeMap,
  shade: (direction: Triple, color: Triple) => void,
): Generator<undefined> {
  const direction: Triple = [0, 0, 0];
  const color: Triple = [0, 0, 0];
  for (const [face, texels] of faces.entries()) {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        directionOf(face, x, y, size, direction);
        color.fill(0);
        shade(direction, color);
        texels.set(color, (y * size + x) * 3);
      }
      yield undefined;
    }
  }
}

function sampledFrom(sources: readonly CubeMap[], samples: readonly LobeSample[]): Sampled[] {
  const texel = (4 * Math.PI) / (FACES * SHARPEST * SHARPEST);
  return samples.map((sample) => {
    const level = 0.5 * Math.log2(sample.solidAngle / texel) + BIAS;
    const nearest = Math.min(Math.max(Math.round(level), 0), sources.length - 1);
    return { ...sample, source: sources[nearest] as CubeMap };
  });
}

/** What a surface of this normal gets through its lobe. */
function gather(lobe: readonly Sampled[], [nx, ny, nz]: Triple, color: Triple): void {
  // A frame around the normal without a branch that jumps (Duff et al., JCGT 2017).
  const sign = nz >= 0 ? 1 : -1;
  const a = -1 / (sign + nz);
  const b = nx * ny * a;
  const ux = 1 + sign * nx * nx * a;
  const uy = sign * b;
  const uz = -sign * nx;
  const vx = b;
  const vy = sign + ny * ny * a;
  const vz = -ny;
  for (const { x, y, z, weight, source } of lobe) {
    addColor(
      source,
      x * ux + y * vx + z * nx,
      x * uy + y * vy + z * ny,
      x * uz + y * vz + z * nz,
      weight,
      color,
    );
  }
}

function imagesOf({ size, faces }: CubeMap): DataTexture[] {
  return faces.map((texels) => {
    const data = new Uint16Array(size * size * CHANNELS);
    for (let texel = 0; texel < size * size; texel++) {
      data[texel * CHANNELS] = DataUtils.toHalfFloat(texels[texel * 3]!);
      data[texel * CHANNELS + 1] = DataUtils.toHalfFloat(texels[texel * 3 + 1]!);
      data[texel * CHANNELS + 2] = DataUtils.toHalfFloat(texels[texel * 3 + 2]!);
      data[texel * CHANNELS + 3] = OPAQUE;
    }
    return new DataTexture(data, size, size, RGBAFormat, HalfFloatType);
  });
}

/** A level under both names that three's renderers know it by. */
function levelOf(images: DataTexture[]) {
  const { width = 0, height = 0 } = images[0]?.image ?? {};
  return { image: images, images, width, height };
}
