const DARK_INK = '#101114';
const LIGHT_INK = '#ffffff';
/** Relative luminance at which dark ink and white ink contrast equally (WCAG 2, √(1.05 × 0.05) − 0.05). */
const EVEN_LUMINANCE = 0.179;

/** The ink, dark or white, that reads better on a colour given as `#rrggbb`. */
export function inkOn(color: string): string {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (!match) return LIGHT_INK;
  const [red, green, blue] = match.slice(1).map((hex) => linearOf(Number.parseInt(hex, 16) / 255));
  const luminance = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  return luminance > EVEN_LUMINANCE ? DARK_INK : LIGHT_INK;
}

function linearOf(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
