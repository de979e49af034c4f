/** Checks of values that lie within bounds: the verifier makes them of input, the encoder of output. */
import { DecodeError } from './decode-error.ts';
import { CHECK, type Check, type FieldPlan, type StructPlan } from './plans.ts';

const FLOAT_EXPONENT = 0x7f800000;
const DOUBLE_EXPONENT = 0x7ff00000;
/** High half of 2^53 − 1. */
const SAFE_HIGH = 0x1fffff;

/** Checks the values of `count` structs from `at` on, which must be within bounds. */
export function checkStructs(view: DataView, at: number, count: number, plan: StructPlan): void {
  for (const check of plan.checks) runCheck(view, at + check.offset, count, plan.size, check);
}

/** Checks the values of `count` scalars of a field from `at` on, which must be within bounds. */
export function checkFlatValues(view: DataView, at: number, count: number, field: FieldPlan): void {
  runCheck(view, at, count, field.elementSize, field.check);
}

/** Makes one check at `start` and at each `stride` after it, `count` times. */
function runCheck(
  view: DataView,
  start: number,
  count: number,
  stride: number,
  check: Check,
): void {
  const end = start + count * stride;
  switch (check.check) {
    case CHECK.none:
      break;
    case CHECK.float:
      checkFloats(view, start, end, stride, check);
      break;
    case CHECK.double:
      for (let at = start; at < end; at += stride)
        if ((view.getUint32(at + 4, true) & DOUBLE_EXPONENT) === DOUBLE_EXPONENT)
          throw notFinite(check);
      break;
    case CHECK.ulong:
      for (let at = start; at < end; at += stride)
        if (view.getUint32(at + 4, true) > SAFE_HIGH) throw unsafe(check);
      break;
    default:
      for (let at = start; at < end; at += stride) checkByte(view.getUint8(at), check);
  }
}

function checkFloats(
  view: DataView,
  start: number,
  end: number,
  stride: number,
  check: Check,
): void {
  const width = 4 * check.count;
  for (let item = start; item < end; item += stride)
    for (let at = item; at < item + width; at += 4)
      if ((view.getUint32(at, true) & FLOAT_EXPONENT) === FLOAT_EXPONENT) throw notFinite(check);
}

function checkByte(value: number, check: Check): void {
  const { name } = check;
  if (check.check === CHECK.bool) {
    if (value > 1) throw new DecodeError('invalid_bool', name, `${name} is ${value}, not 0 or 1.`);
  } else if (check.check === CHECK.zero) {
    if (value !== 0) throw new DecodeError('non_zero_padding', name, `${name} is not zero.`);
  } else {
    const known =
      check.check === CHECK.flags ? (value & ~check.argument) === 0 : value < check.argument;
    if (!known) throw new DecodeError('unknown_enum_value', name, `${name} cannot be ${value}.`);
  }
}

const notFinite = (check: Check): DecodeError =>
  new DecodeError('not_finite', check.name, `${check.name} is not finite.`);
const unsafe = (check: Check): DecodeError =>
  new DecodeError('unsafe_integer', check.name, `${check.name} is over 2^53 - 1.`);
