import type { ScreenPoint } from '../pointer-input.ts';

/** How far a pressed pointer may stray and still click. CSS pixels. */
const CLICK_SLACK = 4;

export function isDrag(from: ScreenPoint, to: ScreenPoint): boolean {
  const across = to.x - from.x;
  const down = to.y - from.y;
  return across * across + down * down > CLICK_SLACK * CLICK_SLACK;
}
