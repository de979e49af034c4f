import { MeshLambertMaterial } from 'three';
import { displayColor } from '../neutral-tone.ts';

/** Edges glow by themselves, so that dark shapes are seen too, with a little of each one's own colour. */
const GLOW = '#868d9d';
const OWN_SHARE = 0.35;

/** What everything is drawn with by its edges. Instances bring their own colours. The caller disposes. */
export function wireMaterial(): MeshLambertMaterial {
  const material = new MeshLambertMaterial({ wireframe: true, fog: false });
  material.color.setScalar(OWN_SHARE);
  material.emissive.copy(displayColor(GLOW));
  return material;
}
