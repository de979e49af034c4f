import type { Bytes } from '../../shared/bytes.ts';
import { readVarint } from '../../transport/varint.ts';
import { h3Error } from './h3-errors.ts';

/** What a stream turns out to be by its first bytes; what it carries starts at `next`. */
export type StreamHeader =
  | { readonly kind: 'webtransport'; readonly sessionId: number; readonly next: number }
  | {
      readonly kind: 'request' | 'control' | 'qpack-encoder' | 'qpack-decoder' | 'unknown';
      readonly next: number;
    };

const BIDI_WEBTRANSPORT = 0x41;
const UNI_WEBTRANSPORT = 0x54;
const UNI_PUSH = 0x01;
const UNI_KINDS: ReadonlyMap<number, 'control' | 'qpack-encoder' | 'qpack-decoder'> = new Map([
  [0x00, 'control'],
  [0x02, 'qpack-encoder'],
  [0x03, 'qpack-decoder'],
]);

/** Whether `id` can be a session's: that of a bidirectional stream which a client opened. */
export function isSessionId(id: number): boolean {
  return id % 4 === 0;
}

function readSession(bytes: Bytes, at: number): StreamHeader | undefined {
  const id = readVarint(bytes, at);
  if (!id) return undefined;
  if (!isSessionId(id.value)) throw h3Error('session-id-invalid', `No session can be ${id.value}`);
  return { kind: 'webtransport', sessionId: id.value, next: id.next };
}

/** Reads the start of a stream that a client opened; `undefined` means that more is needed. */
export function readStreamHeader(
  direction: 'bidi' | 'uni',
  bytes: Bytes,
): StreamHeader | undefined {
  const type = readVarint(bytes, 0);
  if (!type) return undefined;
  if (direction === 'bidi') {
    if (type.value === BIDI_WEBTRANSPORT) return readSession(bytes, type.next);
    return { kind: 'request', next: 0 };
  }
  if (type.value === UNI_WEBTRANSPORT) return readSession(bytes, type.next);
  if (type.value === UNI_PUSH) throw h3Error('stream-unexpected', 'A client pushes nothing');
  return { kind: UNI_KINDS.get(type.value) ?? 'unknown', next: type.next };
}
