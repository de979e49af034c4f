import { Color, type DataTexture } from 'three';
import { seededRandom } from '../../shared/random.ts';
import { displayColor } from '../neutral-tone.ts';
import { BACKDROPS, type ColorScheme } from '../palette.ts';
import { Painting } from './sky-painting.ts';

const SIZE = 256;
/** Noise against banding, as a share of the backdrop's own brightness. */
const GRAIN = 0.02;
const HORIZON = 0.52;

/** The calm background of a studio: it fills the screen whichever way one looks. The caller disposes. */
export function paintBackdrop(scheme: ColorScheme = 'dark'): DataTexture {
  const colors = BACKDROPS[scheme];
  const top = displayColor(colors.top);
  const horizon = displayColor(colors.horizon);
  const bottom = displayColor(colors.bottom);
  const random = seededRandom(1);
  const color = new Color();
  const painting = new Painting(SIZE, SIZE, (_u, v) => {
    if (v >= HORIZON) color.lerpColors(horizon, top, (v - HORIZON) / (1 - HORIZON));
    else color.lerpColors(horizon, bottom, 1 - v / HORIZON);
    return color.multiplyScalar(1 + (random.next() - 0.5) * GRAIN);
  });
  painting.paint();
  return painting.texture;
}
