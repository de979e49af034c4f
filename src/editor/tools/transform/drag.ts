import type { LengthUnit } from '../../length-units.ts';
import type { PointerInput } from '../pointer-input.ts';

/** What dragging a handle changes, as amounts: metres along its axes, degrees, or a factor. */
export interface Drag {
  /** The amounts that change nothing. */
  readonly rest: readonly number[];
  /** What its amounts are typed in, where they are lengths. */
  readonly unit?: LengthUnit;
  /** What the pointer has drawn since it took hold, snapped; undefined where it can't tell. */
  measure(input: PointerInput): readonly number[] | undefined;
  /** Previews these amounts. */
  show(amounts: readonly number[]): void;
}
