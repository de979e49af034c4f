import { ThetaError } from '../shared/errors.ts';
import type { ScalarName } from './layout.ts';

/** How a scalar of the schema is read and written, little-endian. */
export interface ScalarCodec {
  /** In bytes; also its alignment. */
  readonly size: number;
  /** A `ulong` is exact up to 2^53 − 1: the verifier refuses greater ones. */
  read(view: DataView, at: number): number | boolean;
  /** Writes nothing and gives `false` when the value is not a finite one of its type. */
  write(view: DataView, at: number, value: unknown): boolean;
}

type Setter = (view: DataView, at: number, value: number) => void;

const HIGH = 2 ** 32;

function whole(
  size: number,
  least: number,
  most: number,
  read: ScalarCodec['read'],
  set: Setter,
): ScalarCodec {
  const write = (view: DataView, at: number, value: unknown): boolean => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return false;
    if (value < least || value > most) return false;
    set(view, at, value);
    return true;
  };
  return { size, read, write };
}

const float: ScalarCodec = {
  size: 4,
  read: (view, at) => view.getFloat32(at, true),
  write(view, at, value) {
    if (typeof value !== 'number' || !Number.isFinite(Math.fround(value))) return false;
    view.setFloat32(at, value, true);
    return true;
  },
};

const double: ScalarCodec = {
  size: 8,
  read: (view, at) => view.getFloat64(at, true),
  write(view, at, value) {
    if (typeof value !== 'number' || !Number.isFinite(value)) return false;
    view.setFloat64(at, value, true);
    return true;
  },
};

const bool: ScalarCodec = {
  size: 1,
  read: (view, at) => view.getUint8(at) !== 0,
  write(view, at, value) {
    if (typeof value !== 'boolean') return false;
    view.setUint8(at, value ? 1 : 0);
    return true;
  },
};

const ulong = whole(
  8,
  0,
  Number.MAX_SAFE_INTEGER,
  (view, at) => view.getUint32(at + 4, true) * HIGH + view.getUint32(at, true),
  (view, at, value) => {
    view.setUint32(at, value % HIGH, true);
    view.setUint32(at + 4, value / HIGH, true);
  },
);

export const SCALARS: Readonly<Record<ScalarName, ScalarCodec>> = {
  bool,
  byte: whole(
    1,
    -0x80,
    0x7f,
    (view, at) => view.getInt8(at),
    (view, at, value) => view.setInt8(at, value),
  ),
  ubyte: whole(
    1,
    0,
    0xff,
    (view, at) => view.getUint8(at),
    (view, at, value) => view.setUint8(at, value),
  ),
  short: whole(
    2,
    -0x8000,
    0x7fff,
    (view, at) => view.getInt16(at, true),
    (view, at, value) => view.setInt16(at, value, true),
  ),
  ushort: whole(
    2,
    0,
    0xffff,
    (view, at) => view.getUint16(at, true),
    (view, at, value) => view.setUint16(at, value, true),
  ),
  int: whole(
    4,
    -0x80000000,
    0x7fffffff,
    (view, at) => view.getInt32(at, true),
    (view, at, value) => view.setInt32(at, value, true),
  ),
  uint: whole(
    4,
    0,
    0xffffffff,
    (view, at) => view.getUint32(at, true),
    (view, at, value) => view.setUint32(at, value, true),
  ),
  ulong,
  float,
  double,
};

/** The refusal of a value that its field cannot hold. */
export function invalidValue(where: string, expected: string): ThetaError<'invalid_value'> {
  return new ThetaError('invalid_value', `${where} must be ${expected}.`);
}
