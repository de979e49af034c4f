/** A figure as a person reads it: three digits, thousands apart, a dash for what is not known. */
export function figureText(value: number | undefined, unit: string): string {
  if (value === undefined) return '–';
  const digits =
    Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const text = value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return unit === '' ? text : `${text} ${unit}`;
}
