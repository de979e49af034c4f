import { defineComponent } from '../component.ts';
import { quat, vec3 } from '../fields.ts';

/** Beyond this a 32-bit float no longer resolves a tenth of a metre. */
const FARTHEST_METRES = 1e6;
const LARGEST_SCALE = 1e6;

/** Where an entity is, in the space of its parent: scaled, then rotated, then moved. */
export const Transform = defineComponent(
  'transform',
  {
    position: vec3([0, 0, 0], {
      min: -FARTHEST_METRES,
      max: FARTHEST_METRES,
      step: 0.1,
      unit: 'm',
      label: 'Position',
    }),
    /** Unit quaternion x, y, z, w. */
    rotation: quat([0, 0, 0, 1], { min: -1, max: 1, label: 'Rotation' }),
    /** A negative factor mirrors. */
    scale: vec3([1, 1, 1], { min: -LARGEST_SCALE, max: LARGEST_SCALE, step: 0.1, label: 'Scale' }),
  },
  { panel: { permanent: true } },
);
