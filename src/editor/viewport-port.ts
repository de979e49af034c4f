import type { Entity } from '../ecs/entity.ts';
import type { Vec3 } from './geometry/vec3.ts';
import type { ScreenRect } from './tools/pointer-input.ts';

/** What actions ask of the viewport, once there is one. */
export interface ViewportPort {
  /** The point that the camera looks at and turns about, world space. */
  focus(): Vec3;
  /** Moves the camera so that these entities fill the view. */
  frame(entities: readonly Entity[]): void;
  frameAll(): void;
  /** The visible entities whose picture lies in a rectangle of the viewport. */
  entitiesIn(rect: ScreenRect): readonly Entity[];
  readonly gridVisible: boolean;
  setGridVisible(visible: boolean): void;
}
