import { defineComponent } from '../component.ts';
import { f32, vec2 } from '../fields.ts';

const MOST_REPEATS = 1000;
const TURN = 2 * Math.PI;

/** How a material's maps lie on a surface, as glTF's `KHR_texture_transform` has it, and how strong. */
export const TextureMapping = defineComponent(
  'textureMapping',
  {
    /** How often the maps repeat across the surface. */
    tiling: vec2([1, 1], { min: -MOST_REPEATS, max: MOST_REPEATS, step: 0.1, label: 'Tiling' }),
    /** In widths of a map. */
    offset: vec2([0, 0], { min: -MOST_REPEATS, max: MOST_REPEATS, step: 0.01, label: 'Offset' }),
    /** Counter-clockwise. */
    rotation: f32(0, { min: -TURN, max: TURN, step: 0.1, unit: 'rad', label: 'Rotation' }),
    normalScale: f32(1, { min: -10, max: 10, step: 0.05, label: 'Normal strength' }),
    occlusionStrength: f32(1, { min: 0, max: 1, step: 0.01, label: 'Occlusion' }),
  },
  { panel: { label: 'Texture mapping', requires: 'material' } },
);
