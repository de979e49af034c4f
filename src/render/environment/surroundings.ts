import {
  Color,
  type DataTexture,
  DirectionalLight,
  EquirectangularReflectionMapping,
  FogExp2,
  Group,
  Fog as LinearFog,
  type Scene,
  type Sphere,
  type Vector3,
} from 'three';
import type { Plain } from '../../ecs/component.ts';
import { Environment, Fog } from '../../ecs/components/index.ts';
import type { World } from '../../ecs/world.ts';
import type { FieldOverlay } from '../field-overlay.ts';
import type { ColorScheme } from '../palette.ts';
import { fitShadow, redrawShadow, setShadow } from '../shadows.ts';
import type { Visibility } from '../visibility.ts';
import { paintBackdrop } from './backdrop.ts';
import { FirstOf } from './first-of.ts';
import { SkyLight } from './sky-light.ts';
import { type Painting, radianceOf, skyPainting } from './sky-painting.ts';
import { SKIES, type Sky, type SkyName } from './sky-presets.ts';

export type EnvironmentValue = Plain<typeof Environment>;
export type FogValue = Plain<typeof Fog>;

/** Behind the scene: what the document wants, the same all around the viewer, or nothing (passthrough). */
export type Backdrop = 'screen' | 'sky' | 'none';

/** Texels from the ground to the zenith: of what lights surfaces, and of what is looked at. */
const LIGHT_HEIGHT = 64;
const SIGHT_HEIGHT = 384;
/** A frame's share of the painting of a large sky, in ms. */
const PAINTING_MS = 5;
/** What the studio's own light leaves to a document that has lights, and no environment of its own. */
const BESIDE_LIGHTS = 0.65;

/** Without an environment of the document's own there is a studio. */
const STUDIO: EnvironmentValue = {
  preset: 'studio',
  intensity: 1,
  rotation: 0,
  sun: true,
  background: 'sky',
  blur: 0,
  backgroundColor: [0, 0, 0, 1],
};

interface PaintedSky {
  /** Coarse: what is behind the scene until the large one is there. */
  readonly coarse: Painting;
  readonly light: SkyLight;
  /** Undefined where a backdrop is shown in its place. */
  readonly sight: Painting | undefined;
}

/** What surrounds the scene: its sky, the light of it, the sun in it, and fog. */
export class Surroundings {
  readonly root = new Group();
  /** A studio without fog, whatever the document says. */
  neutral = false;
  readonly #overlay: FieldOverlay;
  readonly #environments: FirstOf;
  readonly #fogs: FirstOf;
  #scheme: ColorScheme = 'dark';
  /** Painted when they are first looked at. */
  #backdrop: DataTexture | undefined;
  #round: DataTexture | undefined;
  readonly #skies = new Map<SkyName, PaintedSky>();
  readonly #sun = new DirectionalLight();
  readonly #linearFog = new LinearFog(0);
  readonly #denseFog = new FogExp2(0);
  readonly #color = new Color();
  #environment = STUDIO;
  #ownEnvironment = false;
  #fog: FogValue | undefined;
  #lit = false;
  /** What lights surfaces now. */
  #shone: SkyLight | undefined;

  constructor(world: World, overlay: FieldOverlay, visibility: Visibility) {
    this.#overlay = overlay;
    this.#environments = new FirstOf(world, Environment, visibility);
    this.#fogs = new FirstOf(world, Fog, visibility);
    this.root.name = 'surroundings';
    this.root.add(this.#sun, this.#sun.target);
  }

  /** The calm background follows the page around the view. */
  set scheme(scheme: ColorScheme) {
    if (scheme === this.#scheme) return;
    this.#scheme = scheme;
    this.#backdrop?.dispose();
    this.#backdrop = undefined;
    this.#round?.dispose();
    this.#round = undefined;
  }

  get pending(): boolean {
    return this.#environments.pending || this.#fogs.pending;
  }

  /**
   * Follows the document. `lit`: it has lights of its own, beside which the studio steps back.
   * Returns whether a large sky is still being painted, so that another frame is needed.
   */
  update(lit: boolean): boolean {
    this.#lit = lit;
    const environment = this.neutral ? undefined : this.#environments.find();
    const fog = this.neutral ? undefined : this.#fogs.find();
    const own = environment === undefined ? undefined : this.#overlay.get(environment, Environment);
    this.#ownEnvironment = own !== undefined;
    this.#environment = own ?? STUDIO;
    this.#fog = fog === undefined ? undefined : this.#overlay.get(fog, Fog);
    this.#shine();
    const end = performance.now() + PAINTING_MS;
    const outOfTime = (): boolean => performance.now() > end;
    return this.#paintLight(outOfTime) || this.#paintSight(outOfTime);
  }

  /**
   * Paints the light that most documents have before there is one, until it is done or `outOfTime`.
   * Returns whether it is done.
   */
  prepare(outOfTime: () => boolean): boolean {
    return this.#painted(STUDIO.preset).light.paint(outOfTime);
  }

  /** Lets the sun's shadow reach the scene; `changed` when something that casts it did. */
  cast(scene: Sphere, focus: Vector3, changed: boolean): void {
    if (!this.#sun.visible) return;
    this.#aim();
    fitShadow(this.#sun, scene, focus);
    if (changed) redrawShadow(this.#sun);
  }

  applyTo(scene: Scene, backdrop: Backdrop = 'screen'): void {
    const { intensity, rotation, blur } = this.#environment;
    scene.environment = this.#shone?.texture ?? null;
    scene.environmentIntensity = this.#sky.light * intensity * this.#share;
    scene.environmentRotation.set(0, rotation, 0);
    scene.background = this.#behind(backdrop);
    scene.backgroundRotation.set(0, rotation, 0);
    scene.backgroundBlurriness = this.#sky.backdrop === true ? 0 : blur;
    scene.backgroundIntensity = this.#sky.backdrop === true ? 1 : intensity;
    scene.fog = this.#shownFog();
  }

  dispose(): void {
    this.#environments.dispose();
    this.#fogs.dispose();
    this.root.removeFromParent();
    this.#sun.dispose();
    this.#backdrop?.dispose();
    this.#round?.dispose();
    for (const { coarse, light, sight } of this.#skies.values()) {
      coarse.texture.dispose();
      light.texture.dispose();
      sight?.texture.dispose();
    }
  }

  get #sky(): Sky {
    return SKIES[this.#environment.preset];
  }

  /** How much of its light the surroundings give. */
  get #share(): number {
    return this.#lit && !this.#ownEnvironment ? BESIDE_LIGHTS : 1;
  }

  #painted(preset = this.#environment.preset): PaintedSky {
    let painted = this.#skies.get(preset);
    if (painted === undefined) {
      const sky = SKIES[preset];
      const coarse = skyPainting(sky, LIGHT_HEIGHT);
      coarse.paint();
      painted = {
        coarse,
        light: new SkyLight(radianceOf(coarse)),
        sight: sky.backdrop === true ? undefined : skyPainting(sky, SIGHT_HEIGHT),
      };
      this.#skies.set(preset, painted);
    }
    return painted;
  }

  /** The first is waited for: surfaces are not to be seen without. Later the last one stays meanwhile. */
  #paintLight(outOfTime: () => boolean): boolean {
    const { light } = this.#painted();
    const isDone = this.#shone === undefined ? light.paint() : light.paint(outOfTime);
    if (isDone) this.#shone = light;
    return !isDone;
  }

  #paintSight(outOfTime: () => boolean): boolean {
    const { sight } = this.#painted();
    return sight !== undefined && !sight.paint(outOfTime);
  }

  /** Until the large sky is painted, the small one that lights stands in for it. */
  #behind(backdrop: Backdrop): DataTexture | Color | null {
    if (backdrop === 'none') return null;
    const { background, backgroundColor } = this.#environment;
    if (background === 'color') return setColor(this.#color, backgroundColor);
    const { coarse, sight } = this.#painted();
    if (sight === undefined) {
      if (backdrop === 'sky') return this.#roundBackdrop();
      this.#backdrop ??= paintBackdrop(this.#scheme);
      return this.#backdrop;
    }
    return sight.done ? sight.texture : coarse.texture;
  }

  /** The same backdrop, all around the viewer: in a headset the screen's picture would hang before one. */
  #roundBackdrop(): DataTexture {
    if (this.#round === undefined) {
      this.#round = paintBackdrop(this.#scheme);
      this.#round.mapping = EquirectangularReflectionMapping;
    }
    return this.#round;
  }

  #shine(): void {
    const { sun } = this.#sky;
    const shines = this.#environment.sun && (this.#ownEnvironment || !this.#lit);
    this.#sun.visible = sun !== undefined && shines && this.#environment.intensity > 0;
    if (sun === undefined) return;
    this.#sun.color.setRGB(...sun.color);
    this.#sun.intensity = sun.light * this.#environment.intensity;
    setShadow(this.#sun, this.#sun.visible);
    this.#aim();
  }

  #aim(): void {
    const { sun } = this.#sky;
    if (sun === undefined) return;
    const azimuth = sun.azimuth - this.#environment.rotation;
    const flat = Math.cos(sun.elevation);
    this.#sun.target.position.set(0, 0, 0);
    this.#sun.position.set(
      flat * Math.cos(azimuth),
      Math.sin(sun.elevation),
      flat * Math.sin(azimuth),
    );
  }

  #shownFog(): LinearFog | FogExp2 | null {
    const fog = this.#fog;
    if (fog === undefined) return null;
    const shown = fog.kind === 'linear' ? this.#linearFog : this.#denseFog;
    setColor(shown.color, fog.color);
    if (shown instanceof LinearFog) {
      shown.near = fog.near;
      shown.far = Math.max(fog.far, fog.near + Number.EPSILON);
    } else shown.density = fog.density;
    return shown;
  }
}

function setColor(color: Color, [r = 0, g = 0, b = 0]: readonly number[]): Color {
  return color.setRGB(r, g, b);
}
