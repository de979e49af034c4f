import { ThetaError } from '../shared/errors.ts';

/** The scalar at byte `at`; a `ulong` as the nearest number, exact where the verifier has been. */
export function readScalar(type: string, view: DataView, at: number): number | boolean {
  switch (type) {
    case 'float':
      return view.getFloat32(at, true);
    case 'uint':
      return view.getUint32(at, true);
    case 'ulong':
      return view.getUint32(at + 4, true) * 4294967296 + view.getUint32(at, true);
    case 'ubyte':
      return view.getUint8(at);
    case 'ushort':
      return view.getUint16(at, true);
    case 'bool':
      return view.getUint8(at) !== 0;
    case 'int':
      return view.getInt32(at, true);
    case 'double':
      return view.getFloat64(at, true);
    case 'byte':
      return view.getInt8(at);
    default:
      return view.getInt16(at, true);
  }
}

/** Least and greatest value of the whole-number types. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  byte: [-0x80, 0x7f],
  ubyte: [0, 0xff],
  short: [-0x8000, 0x7fff],
  ushort: [0, 0xffff],
  int: [-0x80000000, 0x7fffffff],
  uint: [0, 0xffffffff],
  ulong: [0, Number.MAX_SAFE_INTEGER],
};

function checkedNumber(type: string, value: unknown, where: string): number {
  if (typeof value !== 'number') throw invalidValue(where, 'a number');
  const range = RANGES[type];
  const valid =
    range === undefined
      ? Number.isFinite(type === 'float' ? Math.fround(value) : value)
      : Number.isInteger(value) && value >= range[0] && value <= range[1];
  if (!valid) throw invalidValue(where, `a finite ${type}, not ${value}`);
  return value;
}

/** Writes a scalar of the schema's type. Throws `ThetaError<'invalid_value'>`, naming `where`. */
export function writeScalar(
  type: string,
  view: DataView,
  at: number,
  value: unknown,
  where: string,
): void {
  if (type === 'bool') {
    if (typeof value !== 'boolean') throw invalidValue(where, 'a boolean');
    view.setUint8(at, value ? 1 : 0);
    return;
  }
  const number = checkedNumber(type, value, where);
  switch (type) {
    case 'float':
      view.setFloat32(at, number, true);
      break;
    case 'uint':
      view.setUint32(at, number, true);
      break;
    case 'ulong':
      view.setUint32(at, number % 4294967296, true);
      view.setUint32(at + 4, number / 4294967296, true);
      break;
    case 'ubyte':
      view.setUint8(at, number);
      break;
    case 'ushort':
      view.setUint16(at, number, true);
      break;
    case 'int':
      view.setInt32(at, number, true);
      break;
    case 'double':
      view.setFloat64(at, number, true);
      break;
    case 'byte':
      view.setInt8(at, number);
      break;
    default:
      view.setInt16(at, number, true);
      break;
  }
}

/** The refusal of a value that its field cannot hold. */
export function invalidValue(where: string, expected: string): ThetaError<'invalid_value'> {
  return new ThetaError('invalid_value', `${where} must be ${expected}.`);
}
