/** How a number follows a drag on its label. */
export interface ScrubRange {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** How far one notch goes; `SCRUB_DEFAULTS.step` without one. */
  readonly step?: number | undefined;
}

export interface ScrubModifiers {
  /** Ten times as fast. */
  readonly shift: boolean;
  /** Ten times as fine. */
  readonly alt: boolean;
}

export const SCRUB_DEFAULTS = { step: 0.1, pixelsPerStep: 4, coarse: 10, fine: 0.1 } as const;

/** A click that trembles is not a drag. */
export const SCRUB_THRESHOLD_PX = 3;

/**
 * How far a number has moved after a drag of this many CSS pixels, in whole (coarse or fine) steps,
 * so that scrubbing lands on round numbers.
 */
export function scrubOffset(pixels: number, range: ScrubRange, modifiers: ScrubModifiers): number {
  const step = stepOf(range, modifiers);
  return roundTo(Math.trunc(pixels / SCRUB_DEFAULTS.pixelsPerStep) * step, step);
}

/** The number one notch up (`direction` 1) or down (-1), as the arrow keys do. */
export function nudged(
  value: number,
  direction: 1 | -1,
  range: ScrubRange,
  modifiers: ScrubModifiers,
): number {
  const step = stepOf(range, modifiers);
  return clamped(roundTo(value + direction * step, step), range);
}

/** The nearest number within the range. */
export function clamped(value: number, { min, max }: ScrubRange): number {
  return Math.min(Math.max(value, min ?? -Infinity), max ?? Infinity);
}

function stepOf({ step = SCRUB_DEFAULTS.step }: ScrubRange, modifiers: ScrubModifiers): number {
  if (modifiers.shift) return step * SCRUB_DEFAULTS.coarse;
  return modifiers.alt ? step * SCRUB_DEFAULTS.fine : step;
}

/** Takes away what binary fractions leave behind: 0.1 + 0.2 is 0.3 for a step of 0.1. */
function roundTo(value: number, step: number): number {
  const decimals = Math.max(0, Math.ceil(-Math.log10(step)) + 2);
  return Number(value.toFixed(Math.min(decimals, 12)));
}
