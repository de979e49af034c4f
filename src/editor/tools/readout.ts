import { inUnits, type LengthUnit } from '../length-units.ts';

const MINUS = '−';

/** At most `digits` decimals, none of them a trailing zero, with a true minus sign. */
export function formatNumber(value: number, digits: number): string {
  const text = String(Number(Math.abs(value).toFixed(digits)));
  return value < 0 && text !== '0' ? MINUS + text : text;
}

/** "X 1.25 m", "X 49.2 in" */
export function lengthReadout(axis: string, metres: number, unit: LengthUnit): string {
  return `${axis} ${formatNumber(inUnits(metres, unit), 3)} ${unit}`;
}

/** "Y 45°" */
export function degreesReadout(axis: string, degrees: number): string {
  return `${axis} ${formatNumber(degrees, 1)}°`;
}

/** "Z ×1.5" */
export function factorReadout(axis: string, factor: number): string {
  return `${axis} ×${formatNumber(factor, 3)}`.trimStart();
}
