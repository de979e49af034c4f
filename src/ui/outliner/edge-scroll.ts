/** CSS pixels from an edge within which a drag scrolls, and the most it scrolls a frame. */
const REACH = 32;
const FASTEST = 14;

/** How far to scroll in a frame with the pointer here: faster towards the edge, 0 in the middle. */
export function edgeScroll(pointer: number, top: number, bottom: number): number {
  const fromTop = pointer - top;
  const fromBottom = bottom - pointer;
  if (fromTop < REACH) return -Math.ceil(FASTEST * Math.min(1, (REACH - fromTop) / REACH));
  if (fromBottom < REACH) return Math.ceil(FASTEST * Math.min(1, (REACH - fromBottom) / REACH));
  return 0;
}
