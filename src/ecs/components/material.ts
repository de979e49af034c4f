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
  emissive: color([0, 0, 0, 1], { ...UNIT, label: 'Emission', alpha: false }),
  emissiveIntensity: f32(1, { min: 0, max: BRIGHTEST, step: 0.1, label: 'Glow strength' }),
  alphaMode: enumOf(['opaque', 'mask', 'blend'], 'opaque', {
    label: 'Alpha mode',
    help: 'Opaque ignores alpha, mask cuts holes, blend lets shine through.',
  }),
  /** Of `mask`: what is below is not drawn. */
  alphaCutoff: f32(0.5, {
    ...UNIT,
    label: 'Alpha cutoff',
    when: { field: 'alphaMode', is: ['mask'] },
  }),
  doubleSided: bool(false, { label: 'Double-sided' }),
  baseColorMap: hash({ label: 'Colour map', asset: 'texture' }),
  normalMap: hash({ label: 'Normal map', asset: 'texture' }),
  metallicRoughnessMap: hash({
    label: 'Metal/rough',
    asset: 'texture',
    help: 'Green is roughness, blue is metalness.',
  }),
  emissiveMap: hash({ label: 'Emission map', asset: 'texture' }),
  occlusionMap: hash({ label: 'Occlusion map', asset: 'texture' }),
});
