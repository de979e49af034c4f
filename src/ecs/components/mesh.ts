import { defineComponent } from '../component.ts';
import { hash, u32 } from '../fields.ts';

const MOST_GEOMETRIES = 65_535;

/** Geometry from an asset. */
export const Mesh = defineComponent(
  'mesh',
  {
    /** Content hash of a geometry asset. */
    asset: hash({ label: 'Asset', asset: 'geometry' }),
    /** Which geometry within the asset. */
    index: u32(0, { min: 0, max: MOST_GEOMETRIES, step: 1, label: 'Part' }),
  },
  { panel: { addable: false } },
);
