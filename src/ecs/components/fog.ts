import { defineComponent } from '../component.ts';
import { color, enumOf, f32 } from '../fields.ts';

const FARTHEST_METRES = 100_000;
const METRES = { min: 0, max: FARTHEST_METRES, step: 0.5, unit: 'm' } as const;

/** What hides the distance. Of several visible ones the first in the order of the tree counts. */
export const Fog = defineComponent('fog', {
  kind: enumOf(['linear', 'exponential'], 'linear', { label: 'Kind' }),
  color: color([0.55, 0.62, 0.7, 1], {
    min: 0,
    max: 1,
    step: 0.01,
    label: 'Colour',
    alpha: false,
  }),
  near: f32(5, { ...METRES, label: 'Begins', when: { field: 'kind', is: ['linear'] } }),
  far: f32(60, { ...METRES, label: 'Full', when: { field: 'kind', is: ['linear'] } }),
  /** Share of what is seen that a metre takes away, squared with the distance. */
  density: f32(0.02, {
    min: 0,
    max: 2,
    step: 0.002,
    label: 'Density',
    when: { field: 'kind', is: ['exponential'] },
  }),
});
