import { defineComponent } from '../component.ts';
import { enumOf, f32, u16 } from '../fields.ts';

/** Smallest and largest measure, in metres. */
const METRES = { min: 0.0001, max: 10_000, step: 0.1, unit: 'm' } as const;
const KINDS = ['box', 'sphere', 'cylinder', 'cone', 'torus', 'plane'] as const;

const of = (...is: (typeof KINDS)[number][]) => ({ when: { field: 'kind', is } });

/**
 * A shape by its parameters, which stay editable. Each kind uses some of them: a box width (x), height
 * (y) and depth (z); a sphere radius; a cylinder and a cone radius and height; a torus radius and tube;
 * a plane width and depth. All but the box and the plane have segments around.
 */
export const Primitive = defineComponent(
  'primitive',
  {
    kind: enumOf(KINDS, 'box', { label: 'Shape' }),
    width: f32(1, { ...METRES, label: 'Width', ...of('box', 'plane') }),
    height: f32(1, { ...METRES, label: 'Height', ...of('box', 'cylinder', 'cone') }),
    depth: f32(1, { ...METRES, label: 'Depth', ...of('box', 'plane') }),
    radius: f32(0.5, { ...METRES, label: 'Radius', ...of('sphere', 'cylinder', 'cone', 'torus') }),
    tube: f32(0.2, { ...METRES, label: 'Tube', ...of('torus') }),
    segments: u16(32, {
      min: 3,
      max: 256,
      step: 1,
      label: 'Segments',
      ...of('sphere', 'cylinder', 'cone', 'torus'),
    }),
  },
  { panel: { label: 'Shape' } },
);
