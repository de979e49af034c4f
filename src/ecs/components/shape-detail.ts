import { defineComponent } from '../component.ts';
import { bool, f32, u16 } from '../fields.ts';
import type { Primitive } from './primitive.ts';

type Kind = (typeof Primitive.schema.kind.values)[number];

const PARTS = { min: 1, max: 128, step: 1 } as const;
/** 0 lets the number of segments around decide. */
const RINGS = { min: 0, max: 128, step: 1 } as const;
const FULL_TURN = 2 * Math.PI;
const LEAST_SWEEP = 0.01;

const of = (...is: Kind[]) => ({ when: { component: 'primitive', field: 'kind', is } });

/**
 * What of a primitive's shape most people leave as it is. An entity without it is drawn with these
 * defaults.
 */
export const ShapeDetail = defineComponent(
  'shapeDetail',
  {
    widthSegments: u16(1, { ...PARTS, label: 'Width parts', ...of('box', 'plane') }),
    heightSegments: u16(1, { ...PARTS, label: 'Height parts', ...of('box', 'cylinder', 'cone') }),
    depthSegments: u16(1, { ...PARTS, label: 'Depth parts', ...of('box', 'plane') }),
    rings: u16(0, {
      ...RINGS,
      label: 'Rings',
      help: 'From pole to pole, or around the tube. 0 chooses by the segments.',
      ...of('sphere', 'torus'),
    }),
    topRadius: f32(1, {
      min: 0,
      max: 10,
      step: 0.05,
      label: 'Top radius',
      help: 'As a share of the radius at the bottom.',
      ...of('cylinder'),
    }),
    sweep: f32(FULL_TURN, {
      min: LEAST_SWEEP,
      max: FULL_TURN,
      step: 0.1,
      unit: 'rad',
      label: 'Sweep',
      help: 'How far the shape goes round.',
      ...of('sphere', 'cylinder', 'cone', 'torus'),
    }),
    openEnded: bool(false, { label: 'Open ends', ...of('cylinder', 'cone') }),
  },
  { panel: { label: 'Shape detail', requires: 'primitive' } },
);
