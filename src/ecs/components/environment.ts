import { defineComponent } from '../component.ts';
import { bool, color, enumOf, f32 } from '../fields.ts';

const BRIGHTEST = 20;
const TURN = 2 * Math.PI;

/**
 * What surrounds the scene: a sky painted by code that lights surfaces and shows behind them. Of
 * several visible ones the first in the order of the tree counts; without any there is a studio.
 */
export const Environment = defineComponent('environment', {
  preset: enumOf(
    ['studio', 'daylight', 'dawn', 'sunset', 'overcast', 'night', 'gallery'],
    'daylight',
    { label: 'Sky' },
  ),
  intensity: f32(1, { min: 0, max: BRIGHTEST, step: 0.05, label: 'Brightness' }),
  /** About y. */
  rotation: f32(0, { min: -TURN, max: TURN, step: 0.1, unit: 'rad', label: 'Rotation' }),
  /** Whether the preset's sun, or its strongest lamp, shines and casts shadows. */
  sun: bool(true, {
    label: 'Sun light',
    help: 'Lets the sun of the sky shine and cast shadows.',
  }),
  background: enumOf(['sky', 'color'], 'sky', { label: 'Background' }),
  blur: f32(0, {
    min: 0,
    max: 1,
    step: 0.05,
    label: 'Blur',
    when: { field: 'background', is: ['sky'] },
  }),
  backgroundColor: color([0.05, 0.06, 0.08, 1], {
    min: 0,
    max: 1,
    step: 0.01,
    label: 'Colour',
    alpha: false,
    when: { field: 'background', is: ['color'] },
  }),
});
