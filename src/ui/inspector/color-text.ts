/** Linear red, green and blue from 0 to 1, as the document holds colours. */
export type LinearColor = readonly [number, number, number];

/** `#rrggbb` of a linear colour, in sRGB; what lies outside of 0 to 1 is clipped. */
export function hexOf([red, green, blue]: LinearColor): string {
  return `#${[red, green, blue].map((channel) => byteHex(encoded(channel))).join('')}`;
}

/**
 * The linear colour of a text: `#rgb`, `#rrggbb`, or either without `#`. `undefined` when it is none.
 */
export function parseHex(text: string): LinearColor | undefined {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (digits === undefined) return undefined;
  const width = digits.length / 3;
  const channel = (index: number) => {
    const hex = digits.slice(index * width, (index + 1) * width);
    return decoded(Number.parseInt(width === 1 ? hex + hex : hex, 16) / 255);
  };
  return [channel(0), channel(1), channel(2)];
}

/** sRGB channels from 0 to 255. */
export interface Rgb8 {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

export function rgb8Of([red, green, blue]: LinearColor): Rgb8 {
  return { r: byteOf(encoded(red)), g: byteOf(encoded(green)), b: byteOf(encoded(blue)) };
}

export function linearOf({ r, g, b }: Rgb8): LinearColor {
  return [decoded(r / 255), decoded(g / 255), decoded(b / 255)];
}

/** The sRGB transfer function (IEC 61966-2-1). */
function encoded(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
}

function decoded(srgb: number): number {
  return srgb <= 0.04045 ? srgb / 12.92 : ((srgb + 0.055) / 1.055) ** 2.4;
}

function byteHex(channel: number): string {
  return byteOf(channel).toString(16).padStart(2, '0');
}

function byteOf(channel: number): number {
  return Math.round(Math.min(Math.max(channel, 0), 1) * 255);
}
