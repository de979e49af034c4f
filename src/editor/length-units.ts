/** Units in which lengths are shown and typed, each as so many metres. The document is in metres. */
export const LENGTH_UNITS = { m: 1, cm: 0.01, mm: 0.001, ft: 0.3048, in: 0.0254 } as const;

export type LengthUnit = keyof typeof LENGTH_UNITS;

/** What a float tells reliably: 0.1 m shall not read 10.00000015 cm. */
const DIGITS = 7;

/** A length in metres as a number of units. */
export function inUnits(metres: number, unit: LengthUnit): number {
  return unit === 'm' ? metres : Number((metres / LENGTH_UNITS[unit]).toPrecision(DIGITS));
}
