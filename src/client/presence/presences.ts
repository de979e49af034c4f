import { decode } from '../../protocol/codec.ts';
import type { Presence, Presences } from '../../protocol/generated/types.ts';
import { PackedReader } from '../../protocol/packed-bytes.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';

/** Those of a message of several; what comes after one that cannot be read is dropped. */
export function presencesIn({ messages }: Presences): Presence[] {
  const reader = new PackedReader(messages);
  const presences: Presence[] = [];
  try {
    while (reader.left > 0) {
      const { payload } = decode('ServerMessage', reader.take(reader.varint()) as Bytes);
      if (payload.type === 'Presence') presences.push(payload.value);
    }
  } catch (thrown) {
    if (!(thrown instanceof ThetaError)) throw thrown;
  }
  return presences;
}
