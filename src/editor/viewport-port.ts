import type { Entity } from '../ecs/entity.ts';
import type { Ray } from './geometry/ray.ts';
import type { Vec3 } from './geometry/vec3.ts';
import type { PointerHit, ScreenPoint, ScreenRect } from './tools/pointer-input.ts';

/** An axis-aligned box of world space. */
export interface Box {
  readonly min: Vec3;
  readonly max: Vec3;
}

/** Directions to look from. */
export type AxisView = 'front' | 'back' | 'right' | 'left' | 'top' | 'bottom';

/** What a shape is asked for, that is not among these entities or below them. */
export interface VertexQuery {
  readonly ray: Ray;
  /** How far from the ray it may be, in metres a metre of distance (or metres, of parallel rays). */
  readonly reach: number;
  readonly parallel: boolean;
  readonly without: readonly Entity[];
}

/**
 * Questions about what is drawn, in world space; what is hidden or locked is not found. The view of a
 * mouse and that of a headset answer them alike.
 */
export interface SceneProbe {
  /** The first hit of every entity along a ray, nearest first. */
  hitsAlong(ray: Ray): readonly PointerHit[];
  /** Around these entities and all below them; undefined where nothing of them is drawn. */
  boundsOf(entities: readonly Entity[]): Box | undefined;
  /** The vertex that a ray passes nearest to. */
  vertexNear(query: VertexQuery): Vec3 | undefined;
  /** Vertices of these entities and all below them, each once; corners of their boxes where there are more than `most`. */
  verticesOf(entities: readonly Entity[], most: number): readonly Vec3[];
}

/** Where the view is seen from, in world space, and through what lens: fields of a camera. */
export interface Viewpoint {
  readonly position: Vec3;
  readonly rotation: readonly [number, number, number, number];
  readonly lens: Readonly<Record<string, string | number>>;
}

/** What actions and tools ask of the view, once there is one. */
export interface ViewportPort extends SceneProbe {
  /** The point that the camera looks at and turns about, world space. */
  focus(): Vec3;
  viewpoint(): Viewpoint;
  /** What an entity's material looks like on a sphere; undefined while nothing is drawn. */
  materialPicture(entity: Entity): Promise<ImageData | undefined>;
  /** Where a point of the world is seen, in CSS pixels from the corner; undefined where it is not. */
  screenOf(point: Vec3): ScreenPoint | undefined;
  /** Moves the camera so that these entities fill the view. */
  frame(entities: readonly Entity[]): void;
  frameAll(): void;
  /** The visible entities whose picture lies in a rectangle of the viewport. */
  entitiesIn(rect: ScreenRect): readonly Entity[];
  /** Turns round what it looks at, as far away as now. */
  lookFrom(view: AxisView): void;
  /** Turns to the other side. */
  lookFromBehind(): void;
  /** Turns by degrees: to the right round what it looks at, and up over it. */
  orbitBy(right: number, up: number): void;
  /** Moves sideways, in shares of the view's height. */
  panBy(right: number, up: number): void;
  /** Goes to so many times the distance. */
  dollyBy(factor: number): void;
  /** Flies by mouse and keys until Escape or a click. */
  fly(): void;
}
