/** R3: space in cubes. Whoever is in a cell, or looks into it, hears of what happens in it at once. */

/** Edge of a cell, in metres. */
export const CELL_M = 16;

export type Point = readonly [number, number, number];

/** A cell by its three whole numbers. */
export type Cell = Point;

export function cellOf([x, y, z]: Point): Cell {
  return [Math.floor(x / CELL_M), Math.floor(y / CELL_M), Math.floor(z / CELL_M)];
}

/** Steps from one cell to another, diagonals counted as one. */
export function cellSteps(a: Cell, b: Cell): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}

/** Between the nearest of two groups of cells; none where either is empty: nobody knows where that is. */
export function stepsBetween(some: readonly Cell[], others: readonly Cell[]): number {
  if (some.length === 0 || others.length === 0) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (const a of some) for (const b of others) least = Math.min(least, cellSteps(a, b));
  return least;
}

/** How many steps a length in metres may take. */
export function stepsFor(metres: number): number {
  return Math.ceil(metres / CELL_M);
}
