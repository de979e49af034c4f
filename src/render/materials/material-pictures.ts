import {
  DirectionalLight,
  PerspectiveCamera,
  Scene,
  SphereGeometry,
  type Texture,
  WebGLRenderTarget,
} from 'three';
import { messageOf } from '../../shared/errors.ts';
import { type Logger, silentLogger } from '../../shared/logger.ts';
import { isWebGl, type Renderer } from '../backends.ts';
import { Batch } from '../batches/batch.ts';
import { SkyLight } from '../environment/sky-light.ts';
import { radianceOf, skyPainting } from '../environment/sky-painting.ts';
import { SKIES } from '../environment/sky-presets.ts';
import { MATRIX_STRIDE } from '../matrix-math.ts';
import type { MaterialCache } from './material-cache.ts';
import { type MaterialValue, materialKey } from './material-value.ts';

/** Pixels a side; rows of a WebGPU copy are multiples of 256 bytes, as these are. */
export const PICTURE_SIZE = 128;
const ENVIRONMENT_HEIGHT = 64;
/** The oldest are forgotten beyond it. */
const MOST_KEPT = 256;
const SPHERE_DISTANCE = 3.1;
const FIELD_OF_VIEW = 40;
const IDENTITY = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);

interface Order {
  readonly key: string;
  readonly value: MaterialValue;
  deliver(picture: ImageData | undefined): void;
}

/** Pictures of materials on a sphere in a studio, drawn one a frame by the renderer of the view. */
export class MaterialPictures {
  /** Called when there is something to draw, so that a frame comes. */
  onOrder: () => void = () => undefined;

  readonly #materials: MaterialCache;
  readonly #logger: Logger;
  readonly #known = new Map<string, Promise<ImageData | undefined>>();
  readonly #orders: Order[] = [];
  #studio: PictureStudio | undefined;

  constructor(materials: MaterialCache, logger: Logger = silentLogger) {
    this.#logger = logger;
    this.#materials = materials;
  }

  /** Whether a picture waits to be drawn. */
  get pending(): boolean {
    return this.#orders.length > 0;
  }

  /** Resolves once it is drawn; with undefined when the view goes before. */
  pictureOf(value: MaterialValue): Promise<ImageData | undefined> {
    const key = `${materialKey(value)}|${value.color.join()}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const picture = new Promise<ImageData | undefined>((deliver) => {
      this.#orders.push({ key, value, deliver });
    });
    this.#known.set(key, picture);
    if (this.#known.size > MOST_KEPT) this.#known.delete([...this.#known.keys()][0]!);
    this.onOrder();
    return picture;
  }

  /** Draws the next one. Call it outside of any other rendering. */
  render(renderer: Renderer): void {
    const order = this.#orders.shift();
    if (order === undefined) return;
    this.#studio ??= new PictureStudio();
    const shared = this.#materials.acquire(order.value, SURFACE);
    const studio = this.#studio;
    void shared.ready
      .then(() => studio.shoot(renderer, shared.material, order.value.color))
      .catch((thrown: unknown) => {
        this.#logger.warn('A material could not be pictured.', { reason: messageOf(thrown) });
        return undefined;
      })
      .then((picture) => {
        this.#materials.release(shared);
        if (picture === undefined) this.#known.delete(order.key);
        order.deliver(picture);
      });
  }

  dispose(): void {
    for (const { deliver } of this.#orders.splice(0)) deliver(undefined);
    this.#studio?.dispose();
    this.#studio = undefined;
  }
}

const SURFACE = { vertexColors: false, placeholder: false } as const;

/** A sphere, its light, and the film. */
class PictureStudio {
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.1, 10);
  readonly #sphere = new SphereGeometry(1, 48, 32);
  readonly #film = new WebGLRenderTarget(PICTURE_SIZE, PICTURE_SIZE, { samples: 4 });
  readonly #environment: Texture;

  constructor() {
    const painting = skyPainting(SKIES.studio, ENVIRONMENT_HEIGHT);
    painting.paint();
    const light = new SkyLight(radianceOf(painting));
    light.paint();
    this.#environment = light.texture;
    this.#scene.environment = this.#environment;
    this.#scene.environmentIntensity = 0.6;
    const key = new DirectionalLight('#fff3e4', 1.8);
    key.position.set(2, 3, 2.5);
    this.#scene.add(key);
    this.#camera.position.set(0, 0, SPHERE_DISTANCE);
    this.#camera.updateMatrixWorld();
  }

  async shoot(
    renderer: Renderer,
    material: ConstructorParameters<typeof Batch>[1],
    color: readonly number[],
  ): Promise<ImageData> {
    const batch = new Batch(this.#sphere, material, false, this.#scene);
    const slot = batch.add(0);
    batch.setMatrix(slot, IDENTITY, slot * MATRIX_STRIDE);
    batch.setColor(slot, color);
    batch.flush();
    const target = renderer.getRenderTarget();
    renderer.setRenderTarget(this.#film);
    const alpha = renderer.getClearAlpha();
    renderer.setClearAlpha(0);
    renderer.clear();
    renderer.render(this.#scene, this.#camera);
    renderer.setClearAlpha(alpha);
    renderer.setRenderTarget(target as WebGLRenderTarget | null);
    batch.dispose();
    return toImageData(await readFilm(renderer, this.#film), isWebGl(renderer));
  }

  dispose(): void {
    this.#environment.dispose();
    this.#film.dispose();
    this.#sphere.dispose();
  }
}

async function readFilm(renderer: Renderer, film: WebGLRenderTarget): Promise<Uint8Array> {
  if (isWebGl(renderer)) {
    const pixels = new Uint8Array(PICTURE_SIZE * PICTURE_SIZE * 4);
    await renderer.readRenderTargetPixelsAsync(film, 0, 0, PICTURE_SIZE, PICTURE_SIZE, pixels);
    return pixels;
  }
  const target = film as unknown as Parameters<typeof renderer.readRenderTargetPixelsAsync>[0];
  const read = renderer.readRenderTargetPixelsAsync(target, 0, 0, PICTURE_SIZE, PICTURE_SIZE);
  return (await read) as unknown as Uint8Array;
}

/** Linear, premultiplied pixels as a picture of the page; WebGL hands them over bottom row first. */
export function toImageData(linear: Uint8Array, bottomFirst: boolean): ImageData {
  const pixels = new Uint8ClampedArray(linear.length);
  const row = PICTURE_SIZE * 4;
  for (let y = 0; y < PICTURE_SIZE; y++) {
    const from = (bottomFirst ? PICTURE_SIZE - 1 - y : y) * row;
    for (let i = 0; i < row; i += 4) {
      const alpha = linear[from + i + 3]!;
      for (let channel = 0; channel < 3; channel++) {
        const value = linear[from + i + channel]! / Math.max(1, alpha);
        pixels[y * row + i + channel] = 255 * encodeSrgb(Math.min(1, value));
      }
      pixels[y * row + i + 3] = alpha;
    }
  }
  return new ImageData(pixels, PICTURE_SIZE, PICTURE_SIZE);
}

/** IEC 61966-2-1 */
function encodeSrgb(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
}
