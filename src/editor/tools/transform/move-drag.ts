import { add, dot, type Vec3 } from '../../geometry/vec3.ts';
import type { LengthUnit } from '../../length-units.ts';
import { isSnapping, snapMove } from '../../snapping/snap.ts';
import {
  type ShapeSnap,
  type SnapSubject,
  snapToSurface,
  snapToVertex,
} from '../../snapping/snap-to-shapes.ts';
import type { Pivot } from '../pivot.ts';
import type { PointerInput } from '../pointer-input.ts';
import { lengthReadout } from '../readout.ts';
import type { ToolContext } from '../tool-state.ts';
import { type AxisName, directionOf } from './axes.ts';
import { movePose } from './change.ts';
import type { Drag } from './drag.ts';
import type { TransformGesture } from './transform-gesture.ts';

/** Metres along some axes of the gizmo. `drawn` is the move of world space that a pointer has made. */
export class MoveDrag implements Drag {
  readonly rest: readonly number[];
  readonly unit: LengthUnit;
  readonly #context: ToolContext;
  readonly #gesture: TransformGesture;
  readonly #axes: readonly AxisName[];
  readonly #drawn: (input: PointerInput) => Vec3 | undefined;
  readonly #subject: SnapSubject;
  #snap: ShapeSnap | undefined;

  constructor(
    context: ToolContext,
    gesture: TransformGesture,
    axes: readonly AxisName[],
    drawn: (input: PointerInput) => Vec3 | undefined,
  ) {
    const { to } = context.tools.getState().snap;
    this.rest = axes.map(() => 0);
    this.unit = context.view.getState().units;
    this.#context = context;
    this.#gesture = gesture;
    this.#axes = axes;
    this.#drawn = drawn;
    this.#subject = {
      entities: gesture.entities,
      pivot: gesture.pivot.position,
      vertices: to === 'vertex' ? gesture.vertices() : [],
      box: to === 'surface' ? gesture.bounds() : undefined,
    };
  }

  measure(input: PointerInput): readonly number[] | undefined {
    const move = this.#drawn(input);
    const snapped = move && this.#snapped(move, input);
    return snapped && this.#directions(this.#gesture.pivot).map((axis) => dot(snapped, axis));
  }

  show(amounts: readonly number[]): void {
    const { pivot } = this.#gesture;
    const moveIn = (space: Pivot): Vec3 =>
      this.#directions(space).reduce<Vec3>(
        (sum, axis, at) =>
          add(sum, [axis[0] * amounts[at]!, axis[1] * amounts[at]!, axis[2] * amounts[at]!]),
        [0, 0, 0],
      );
    const { units } = this.#context.view.getState();
    const readout = amounts
      .map((metres, at) => lengthReadout(this.#axes[at]!.toUpperCase(), metres, units))
      .join('  ');
    this.#gesture.preview((target, space) => movePose(target, moveIn(space)), {
      readout,
      pivot: { ...pivot, position: add(pivot.position, moveIn(pivot)) },
      snappedTo: this.#gesture.typed === undefined ? this.#snap?.at : undefined,
    });
  }

  #directions(pivot: Pivot): readonly Vec3[] {
    return this.#axes.map((axis) => directionOf(pivot, axis));
  }

  /**
   * Onto another shape, or by steps: onto the grid of the world along its own axes, else by a distance
   * that is a multiple of the step.
   */
  #snapped(move: Vec3, input: PointerInput): Vec3 {
    const { snap, space } = this.#context.tools.getState();
    this.#snap = undefined;
    if (!isSnapping(snap, input.modifiers)) return move;
    if (snap.to === 'vertex' || snap.to === 'surface') {
      this.#snap = this.#shapeSnap(snap.to, move, input);
      return this.#snap?.move ?? move;
    }
    const { pivot } = this.#gesture;
    const from = snap.to === 'grid' && space === 'world' ? pivot.position : undefined;
    return snapMove(move, this.#directions(pivot), snap.position, from);
  }

  #shapeSnap(to: 'vertex' | 'surface', move: Vec3, input: PointerInput): ShapeSnap | undefined {
    const { scene } = this.#context;
    const probe = this.#context.viewport();
    if (probe === undefined) return undefined;
    return to === 'vertex'
      ? snapToVertex(probe, this.#subject, input, move)
      : snapToSurface(probe, scene, this.#subject, input);
  }
}
