import type { Bytes } from '../../shared/bytes.ts';
import type { Random } from '../../shared/random.ts';

/** Numbers that break careless arithmetic on offsets and lengths. */
const EXTREMES = [0, 1, 3, 4, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffc];

function overwrite(bytes: Bytes, random: Random): Bytes {
  const view = new DataView(bytes.buffer);
  const at = random.below(Math.max(1, bytes.length - 4));
  if (bytes.length < 4) return bytes;
  view.setUint32(at, EXTREMES[random.below(EXTREMES.length)]!, true);
  return bytes;
}

function flip(bytes: Bytes, random: Random): Bytes {
  const at = random.below(bytes.length);
  bytes[at] = bytes[at]! ^ (1 << random.below(8));
  return bytes;
}

function nudge(bytes: Bytes, random: Random): Bytes {
  const at = random.below(bytes.length);
  bytes[at] = bytes[at]! + [-4, -1, 1, 4][random.below(4)]!;
  return bytes;
}

function remove(bytes: Bytes, random: Random): Bytes {
  const at = random.below(bytes.length);
  const end = Math.min(bytes.length, at + 1 + random.below(8));
  return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(end));
}

function insert(bytes: Bytes, random: Random): Bytes {
  const at = random.below(bytes.length);
  const added = Array.from({ length: 1 + random.below(8) }, () => random.below(256));
  return Uint8Array.of(...bytes.subarray(0, at), ...added, ...bytes.subarray(at));
}

function duplicate(bytes: Bytes, random: Random): Bytes {
  const at = random.below(bytes.length);
  const end = Math.min(bytes.length, at + 1 + random.below(32));
  return Uint8Array.of(...bytes.subarray(0, end), ...bytes.subarray(at));
}

function truncate(bytes: Bytes, random: Random): Bytes {
  return bytes.slice(0, random.below(bytes.length));
}

const MUTATIONS = [overwrite, flip, flip, nudge, nudge, remove, insert, duplicate, truncate];

/** A copy that differs in one to three places. */
export function mutate(bytes: Bytes, random: Random): Bytes {
  let mutant: Bytes = bytes.slice();
  for (let left = 1 + random.below(3); left > 0 && mutant.length > 0; left--)
    mutant = MUTATIONS[random.below(MUTATIONS.length)]!(mutant, random);
  return mutant;
}
