import {
  Color,
  DataTexture,
  DataUtils,
  DirectionalLight,
  EquirectangularReflectionMapping,
  Group,
  HalfFloatType,
  LinearFilter,
  LinearSRGBColorSpace,
  RGBAFormat,
  type Scene,
} from 'three';
import { seededRandom } from '../shared/random.ts';
import { displayColor } from './neutral-tone.ts';
import { PALETTE } from './palette.ts';

const ENVIRONMENT_WIDTH = 128;
const ENVIRONMENT_HEIGHT = 64;
const BACKGROUND_SIZE = 256;
/** Noise against banding, as a share of the background's own brightness. */
const GRAIN = 0.02;
const HORIZON = 0.52;

/** How strongly the studio lights a scene without lights of its own, and one with. */
const ALONE = { environment: 0.46, key: 1.3 };
const BESIDE_LIGHTS = { environment: 0.3, key: 0 };
const KEY_DIRECTION = [4, 7, 5] as const;
const KEY_COLOR = '#fff3e4';

/** Behind the scene: a picture of the screen's size, a sky around the viewer, or nothing (passthrough). */
export type Backdrop = 'screen' | 'sky' | 'none';

/** A light in the painted room: a soft rectangle in angles around the viewer. */
interface Softbox {
  /** Radians around y. */
  readonly azimuth: number;
  /** Radians above the horizon. */
  readonly elevation: number;
  readonly width: number;
  readonly height: number;
  readonly strength: number;
}

const SOFTBOXES: readonly Softbox[] = [
  { azimuth: 0.8, elevation: 0.85, width: 0.9, height: 0.5, strength: 2.4 },
  { azimuth: -2.2, elevation: 0.55, width: 0.6, height: 0.6, strength: 1 },
  { azimuth: 2.7, elevation: 0.25, width: 0.35, height: 0.8, strength: 0.8 },
];
const ZENITH = new Color(0.62, 0.68, 0.8);
const SKYLINE = new Color(0.4, 0.42, 0.46);
const FLOOR = new Color(0.13, 0.125, 0.12);

/**
 * A neutral studio around the scene: an environment painted by code that reflects in surfaces, a key
 * light while the document has no lights of its own, and a calm background.
 */
export class Studio {
  readonly root = new Group();
  readonly environment = paintEnvironment();
  readonly background = paintBackground();
  #sky: DataTexture | undefined;
  readonly #key = new DirectionalLight(KEY_COLOR, ALONE.key);
  #strength = ALONE.environment;

  constructor() {
    this.root.name = 'studio';
    this.#key.position.set(...KEY_DIRECTION);
    this.root.add(this.#key);
  }

  /** Steps back when the document brings lights of its own. Returns whether that changed anything. */
  setDocumentLit(lit: boolean): boolean {
    const { environment, key } = lit ? BESIDE_LIGHTS : ALONE;
    const changed = this.#strength !== environment;
    this.#strength = environment;
    this.#key.intensity = key;
    this.#key.visible = key > 0;
    return changed;
  }

  applyTo(scene: Scene, backdrop: Backdrop = 'screen'): void {
    scene.environment = this.environment;
    scene.environmentIntensity = this.#strength;
    scene.background = this.#behind(backdrop);
  }

  dispose(): void {
    this.root.removeFromParent();
    this.#key.dispose();
    this.environment.dispose();
    this.background.dispose();
    this.#sky?.dispose();
  }

  #behind(backdrop: Backdrop): DataTexture | null {
    if (backdrop === 'none') return null;
    if (backdrop === 'screen') return this.background;
    this.#sky ??= paintSky();
    return this.#sky;
  }
}

type Shade = (u: number, v: number) => Color;

function paint(width: number, height: number, shade: Shade): DataTexture {
  const data = new Uint16Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const color = shade((x + 0.5) / width, (y + 0.5) / height);
      const at = (y * width + x) * 4;
      data[at] = DataUtils.toHalfFloat(color.r);
      data[at + 1] = DataUtils.toHalfFloat(color.g);
      data[at + 2] = DataUtils.toHalfFloat(color.b);
      data[at + 3] = DataUtils.toHalfFloat(1);
    }
  }
  const texture = new DataTexture(data, width, height, RGBAFormat, HalfFloatType);
  texture.colorSpace = LinearSRGBColorSpace;
  texture.minFilter = LinearFilter;
  texture.magFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

function paintEnvironment(): DataTexture {
  const color = new Color();
  const texture = paint(ENVIRONMENT_WIDTH, ENVIRONMENT_HEIGHT, (u, v) => {
    const azimuth = (u - 0.5) * 2 * Math.PI;
    const elevation = (v - 0.5) * Math.PI;
    const up = Math.sin(elevation);
    if (up >= 0) color.lerpColors(SKYLINE, ZENITH, up ** 0.6);
    else color.lerpColors(SKYLINE, FLOOR, Math.min(1, -up * 3));
    let light = 0;
    for (const box of SOFTBOXES) light += softboxAt(box, azimuth, elevation);
    return color.setRGB(color.r + light, color.g + light, color.b + light);
  });
  texture.mapping = EquirectangularReflectionMapping;
  return texture;
}

function softboxAt(box: Softbox, azimuth: number, elevation: number): number {
  const turn = Math.atan2(Math.sin(azimuth - box.azimuth), Math.cos(azimuth - box.azimuth));
  const x = (turn * Math.cos(elevation)) / box.width;
  const y = (elevation - box.elevation) / box.height;
  return box.strength * Math.exp(-((x * x) ** 2 + (y * y) ** 2));
}

/** The same backdrop, all around the viewer. */
function paintSky(): DataTexture {
  const sky = paintBackground();
  sky.mapping = EquirectangularReflectionMapping;
  return sky;
}

function paintBackground(): DataTexture {
  const top = displayColor(PALETTE.backgroundTop);
  const horizon = displayColor(PALETTE.backgroundHorizon);
  const bottom = displayColor(PALETTE.backgroundBottom);
  const random = seededRandom(1);
  const color = new Color();
  return paint(BACKGROUND_SIZE, BACKGROUND_SIZE, (_u, v) => {
    if (v >= HORIZON) color.lerpColors(horizon, top, (v - HORIZON) / (1 - HORIZON));
    else color.lerpColors(horizon, bottom, 1 - v / HORIZON);
    return color.multiplyScalar(1 + (random.next() - 0.5) * GRAIN);
  });
}
