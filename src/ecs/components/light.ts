import { defineComponent } from '../component.ts';
import { bool, color, enumOf, f32 } from '../fields.ts';

const BRIGHTEST = 100_000;
const FARTHEST_METRES = 10_000;
const QUARTER_TURN = Math.PI / 2;

/** A light that shines along its entity's negative z, where it has a direction. */
export const Light = defineComponent('light', {
  kind: enumOf(['directional', 'point', 'spot', 'ambient'], 'point', { label: 'Kind' }),
  color: color([1, 1, 1, 1], { min: 0, max: 1, step: 0.01, label: 'Colour', alpha: false }),
  /** Lux of a directional, candela of a point or a spot, a bare factor of an ambient light. */
  intensity: f32(1, { min: 0, max: BRIGHTEST, step: 0.1, label: 'Intensity' }),
  /** Where a point or spot light ends; 0 for nowhere. */
  range: f32(0, {
    min: 0,
    max: FARTHEST_METRES,
    step: 0.1,
    unit: 'm',
    label: 'Range',
    help: 'Where its light ends. At 0 it reaches any distance.',
    when: { field: 'kind', is: ['point', 'spot'] },
  }),
  /** Of a spot: from its axis to its edge. */
  angle: f32(QUARTER_TURN / 2, {
    min: 0,
    max: QUARTER_TURN,
    step: 0.01,
    unit: 'rad',
    label: 'Angle',
    help: 'From the axis of its cone to the edge.',
    when: { field: 'kind', is: ['spot'] },
  }),
  /** Of a spot: the share of the cone that fades. */
  penumbra: f32(0, {
    min: 0,
    max: 1,
    step: 0.01,
    label: 'Soft edge',
    help: 'The share of its cone that fades.',
    when: { field: 'kind', is: ['spot'] },
  }),
  castShadow: bool(false, {
    label: 'Cast shadow',
    when: { field: 'kind', is: ['directional', 'point', 'spot'] },
  }),
});
