/** Decimals shown: finer than a tenth of a millimetre is noise of 32-bit floats. */
const DECIMALS = 4;

/** A number as a field shows it: rounded, without trailing zeros, never `-0`. */
export function formatNumber(value: number): string {
  const rounded = Number(value.toFixed(DECIMALS));
  return String(rounded === 0 ? 0 : rounded);
}
