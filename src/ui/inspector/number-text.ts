/** Decimals shown: finer than a tenth of a millimetre is noise of 32-bit floats. */
const DECIMALS = 4;

/** In a narrow field a number has so many digits, as long as its whole part leaves room for one. */
const NARROW_DIGITS = 3;

/** A number as a field shows it: rounded, without trailing zeros, never `-0`. */
export function formatNumber(value: number, narrow = false): string {
  const whole = Math.floor(Math.log10(Math.max(1, Math.abs(value))));
  const decimals = narrow ? Math.max(1, NARROW_DIGITS - whole) : DECIMALS;
  const rounded = Number(value.toFixed(Math.min(DECIMALS, decimals)));
  return String(rounded === 0 ? 0 : rounded);
}
