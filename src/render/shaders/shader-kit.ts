import type { Color, Material, Texture, Vector3 } from 'three';

/** What the grid's shader is told each frame. */
export interface GridView {
  /** Size of the finest cells drawn, in metres: a power of ten. */
  readonly cell: number;
  /** How far the finest cells have faded, 0 to 1; at 1 the next coarser take their place. */
  readonly fade: number;
  /** Unit vectors that span it: along the first lie the lines of one colour, along the second the others. */
  readonly across: Vector3;
  readonly along: Vector3;
  /** Of the axes through the origin along `across` and `along`, linear. */
  readonly acrossColor: Color;
  readonly alongColor: Color;
  /** The grid is clear around here and gone at `radius` metres from it. */
  readonly centre: Vector3;
  readonly radius: number;
}

export interface GridMaterial {
  readonly material: Material;
  update(view: GridView): void;
}

/**
 * The materials that three does not have, once in GLSL and once in TSL: `WebGLRenderer` draws only
 * the one kind and `WebGPURenderer` only the other. Both draw the same picture.
 */
export interface ShaderKit {
  /** For a plane through the origin, in world units. */
  grid(): GridMaterial;
  /**
   * For a triangle that covers the screen in clip space: borders `width` pixels wide around whatever
   * has a higher alpha in `mask` than what is beside it. The mask's colours are premultiplied.
   */
  outline(mask: Texture, width: number): Material;
}

/** Pixels across a grid line, and across an axis. */
export const GRID_LINE_WIDTH = 1;
export const GRID_AXIS_WIDTH = 1.8;
export const GRID_MINOR_ALPHA = 0.16;
export const GRID_MAJOR_ALPHA = 0.3;
export const GRID_AXIS_ALPHA = 0.75;
/** Lines fade out as cells shrink from this many pixels to this few. */
export const GRID_CELL_PIXELS_CLEAR = 9;
export const GRID_CELL_PIXELS_GONE = 2.5;
/** Directions in which the outline looks for the mask's border. */
export const OUTLINE_TAPS = 16;
/** Outlines cover what differs in the mask's alpha by at least this much. */
export const OUTLINE_LEVEL_STEP = 0.25;
