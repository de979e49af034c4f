import { defineComponent } from '../component.ts';
import { enumOf, f32 } from '../fields.ts';

const NEAREST_METRES = 0.0001;
const FARTHEST_METRES = 1e7;

/** A view that looks along its entity's negative z. */
export const Camera = defineComponent('camera', {
  kind: enumOf(['perspective', 'orthographic'], 'perspective', { label: 'Kind' }),
  /** Vertical field of view of a perspective camera. */
  fov: f32(50, {
    min: 1,
    max: 179,
    step: 1,
    unit: '°',
    label: 'Field of view',
    when: { field: 'kind', is: ['perspective'] },
  }),
  near: f32(0.1, {
    min: NEAREST_METRES,
    max: FARTHEST_METRES,
    step: 0.1,
    unit: 'm',
    label: 'Near',
    help: 'Nothing nearer than this is drawn.',
  }),
  far: f32(1000, {
    min: NEAREST_METRES,
    max: FARTHEST_METRES,
    step: 1,
    unit: 'm',
    label: 'Far',
    help: 'Nothing farther than this is drawn.',
  }),
  /** Height of what an orthographic camera sees. */
  size: f32(10, {
    min: NEAREST_METRES,
    max: FARTHEST_METRES,
    step: 0.1,
    unit: 'm',
    label: 'Size',
    when: { field: 'kind', is: ['orthographic'] },
  }),
});
