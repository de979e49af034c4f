import type { Entity } from '../../ecs/entity.ts';
import type { Ray } from '../geometry/ray.ts';
import type { Vec3 } from '../geometry/vec3.ts';

export type GizmoMode = 'move' | 'rotate' | 'scale';

/** `uniform`: the centre of the scale gizmo. `view`: in the plane, or about the axis, of the view. */
export type GizmoAxis = 'x' | 'y' | 'z' | 'xy' | 'yz' | 'xz' | 'uniform' | 'view';

/** The part of the gizmo under the pointer. */
export interface GizmoHandle {
  readonly mode: GizmoMode;
  readonly axis: GizmoAxis;
}

export interface Modifiers {
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

export const NO_MODIFIERS: Modifiers = { shift: false, ctrl: false, alt: false, meta: false };

export function sameModifiers(a: Modifiers, b: Modifiers): boolean {
  return a.shift === b.shift && a.ctrl === b.ctrl && a.alt === b.alt && a.meta === b.meta;
}

/** Where the pointer's ray meets an entity. World space, metres. */
export interface PointerHit {
  readonly entity: Entity;
  readonly point: Vec3;
  readonly normal: Vec3;
  readonly distance: number;
}

/** CSS pixels from the viewport's top left corner. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

export interface ScreenRect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The eye at the moment of an input; the three directions are orthonormal, in world space. */
export interface CameraView {
  readonly position: Vec3;
  readonly right: Vec3;
  readonly up: Vec3;
  readonly forward: Vec3;
  readonly perspective: boolean;
  /**
   * Metres a CSS pixel: at 1 m from the eye in perspective, anywhere in an orthographic view. A headset
   * gives what its wearer can aim at, about 0.002.
   */
  readonly scale: number;
}

/**
 * What a mouse, a finger or a controller in a headset tells the tools of one pointer event. Gestures go
 * by the ray; only the marquee wants a screen.
 */
export interface PointerInput {
  readonly type: 'down' | 'move' | 'up' | 'cancel';
  readonly ray: Ray;
  /** Where there is a screen: without it there is no marquee. */
  readonly screen?: ScreenPoint;
  /** How far it may stray while it is pressed and still click, in pixels of `camera.scale`; 4 unless told. */
  readonly slack?: number;
  /** As `PointerEvent.button`: 0 is the main one, -1 none changed. */
  readonly button: number;
  readonly modifiers: Modifiers;
  readonly hit?: PointerHit;
  readonly handle?: GizmoHandle;
  readonly camera: CameraView;
}

/** As `KeyboardEvent`'s fields; `editable` when the key goes to a text input. */
export interface KeyInput extends Modifiers {
  readonly type: 'down' | 'up';
  readonly code: string;
  readonly key: string;
  readonly repeat: boolean;
  readonly editable: boolean;
}
