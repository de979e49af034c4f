/**
 * SipHash-2-4 with a 64-bit result (Aumasson and Bernstein, "SipHash: a fast short-input PRF",
 * 2012), on pairs of 32-bit halves: no BigInt, the same on every engine.
 */

const KEY_BYTES = 16;
const BLOCK_BYTES = 8;
const COMPRESSION_ROUNDS = 2;
const FINAL_ROUNDS = 4;

/** The four words of the state; each is a low half and the high half after it. */
type State = Int32Array;
const V0 = 0;
const V1 = 2;
const V2 = 4;
const V3 = 6;

/** "somepseudorandomlygeneratedbytes", low half first. */
const INITIAL = [
  0x70736575, 0x736f6d65, 0x6e646f6d, 0x646f7261, 0x6e657261, 0x6c796765, 0x79746573, 0x74656462,
] as const;

/**
 * The hash of `data` under a key of 16 bytes, as 16 hexadecimal digits of the 64-bit number (most
 * significant first; the reference implementation writes the same number's bytes in reverse).
 * @throws {RangeError} when the key has another length
 */
export function siphash24(key: Uint8Array, data: Uint8Array): string {
  if (key.length !== KEY_BYTES) throw new RangeError('A SipHash key has 16 bytes.');
  const state = initialState(key);
  const whole = data.length - (data.length % BLOCK_BYTES);
  for (let at = 0; at < whole; at += BLOCK_BYTES) {
    compress(state, littleEndian(data, at), littleEndian(data, at + 4));
  }
  const lengthByte = (data.length & 0xff) << 24;
  compress(state, littleEndian(data, whole), littleEndian(data, whole + 4) | lengthByte);
  return finish(state);
}

function initialState(key: Uint8Array): State {
  const state = Int32Array.from(INITIAL);
  for (let half = 0; half < state.length; half++) {
    state[half]! ^= littleEndian(key, (half % 4) * 4);
  }
  return state;
}

/** Four bytes as a 32-bit number; bytes beyond the end count as zero. */
function littleEndian(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

function compress(state: State, low: number, high: number): void {
  state[V3]! ^= low;
  state[V3 + 1]! ^= high;
  for (let round = 0; round < COMPRESSION_ROUNDS; round++) sipRound(state);
  state[V0]! ^= low;
  state[V0 + 1]! ^= high;
}

function finish(state: State): string {
  state[V2]! ^= 0xff;
  for (let round = 0; round < FINAL_ROUNDS; round++) sipRound(state);
  const low = state[V0]! ^ state[V1]! ^ state[V2]! ^ state[V3]!;
  const high = state[V0 + 1]! ^ state[V1 + 1]! ^ state[V2 + 1]! ^ state[V3 + 1]!;
  return hexHalf(high) + hexHalf(low);
}

function hexHalf(half: number): string {
  return (half >>> 0).toString(16).padStart(8, '0');
}

function sipRound(v: State): void {
  add(v, V0, V1);
  mix(v, V1, V0, 13);
  swapHalves(v, V0);
  add(v, V2, V3);
  mix(v, V3, V2, 16);
  add(v, V0, V3);
  mix(v, V3, V0, 21);
  add(v, V2, V1);
  mix(v, V1, V2, 17);
  swapHalves(v, V2);
}

/** a += b */
function add(v: State, a: number, b: number): void {
  const low = (v[a]! >>> 0) + (v[b]! >>> 0);
  const carry = low > 0xffffffff ? 1 : 0;
  v[a] = low;
  v[a + 1] = v[a + 1]! + v[b + 1]! + carry;
}

/** a = rotateLeft(a, bits) ^ b, for 0 < bits < 32 */
function mix(v: State, a: number, b: number, bits: number): void {
  const low = v[a]!;
  const high = v[a + 1]!;
  v[a] = ((low << bits) | (high >>> (32 - bits))) ^ v[b]!;
  v[a + 1] = ((high << bits) | (low >>> (32 - bits))) ^ v[b + 1]!;
}

/** A rotation by 32 bits. */
function swapHalves(v: State, a: number): void {
  const low = v[a]!;
  v[a] = v[a + 1]!;
  v[a + 1] = low;
}
