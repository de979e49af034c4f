import { defineComponent } from '../component.ts';
import { bool, color, enumOf, f32, hash } from '../fields.ts';

const UNIT = { min: 0, max: 1, step: 0.01 } as const;
const BRIGHTEST = 1000;

/** A metallic-roughness surface, as glTF has it. Colours are linear; maps are image assets. */
export const Material = defineComponent('material', {
  color: color([0.8, 0.8, 0.8, 1], { ...UNIT, label: 'Colour' }),
  metalness: f32(0, { ...UNIT, label: 'Metalness' }),
  roughness: f32(0.5, { ...UNIT, label: 'Roughness' }),
  /** Its alpha has no effect. */
  emissive: color([0, 0, 0, 1], { ...UNIT, label: 'Emissive' }),
  emissiveIntensity: f32(1, { min: 0, max: BRIGHTEST, step: 0.1, label: 'Emissive intensity' }),
  alphaMode: enumOf(['opaque', 'mask', 'blend'], 'opaque', { label: 'Alpha' }),
  /** Of `mask`: what is below is not drawn. */
  alphaCutoff: f32(0.5, { ...UNIT, label: 'Alpha cutoff' }),
  doubleSided: bool(false, { label: 'Double-sided' }),
  baseColorMap: hash({ label: 'Base colour map' }),
  normalMap: hash({ label: 'Normal map' }),
  metallicRoughnessMap: hash({ label: 'Metallic-roughness map' }),
  emissiveMap: hash({ label: 'Emissive map' }),
  occlusionMap: hash({ label: 'Occlusion map' }),
});
