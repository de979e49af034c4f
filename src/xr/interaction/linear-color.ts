import { Color, SRGBColorSpace } from 'three';

/** A colour `#rrggbb` as materials have it: linear r, g, b, and a of 1. */
export function linearColor(css: string): [number, number, number, number] {
  const { r, g, b } = new Color(css);
  return [r, g, b, 1];
}

/** A linear r, g, b as `#rrggbb`. */
export function cssColor([r = 0, g = 0, b = 0]: readonly number[]): string {
  return `#${new Color(r, g, b).getHexString(SRGBColorSpace)}`;
}
