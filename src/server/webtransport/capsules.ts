import { type Bytes, concatBytes } from '../../shared/bytes.ts';
import { type Farewell, MAX_REASON_BYTES, truncateReason } from '../../transport/framing.ts';
import { encodeVarint } from '../../transport/varint.ts';
import { h3Error } from './h3-errors.ts';
import type { WebTransportLimits } from './limits.ts';
import { RecordDecoder, type RecordFate } from './record-decoder.ts';

/** Capsule types (RFC 9297; draft-ietf-webtrans-http3). */
export const CAPSULE = { closeSession: 0x2843, drainSession: 0x78ae } as const;

const CODE_BYTES = 4;

/** CLOSE_WEBTRANSPORT_SESSION: an unsigned 32-bit code and a reason, cut to 1024 bytes. */
export function encodeCloseCapsule({ code, reason }: Farewell): Bytes {
  const text = new TextEncoder().encode(truncateReason(reason));
  const head = new Uint8Array(CODE_BYTES);
  new DataView(head.buffer).setUint32(0, code);
  const length = CODE_BYTES + text.length;
  return concatBytes(encodeVarint(CAPSULE.closeSession), encodeVarint(length), head, text);
}

export interface CapsuleSink {
  onClose(farewell: Farewell): void;
  /** The peer asks us to finish soon. */
  onDrain(): void;
}

function decodeClose(value: Bytes): Farewell {
  if (value.length < CODE_BYTES) throw h3Error('capsule-malformed', 'A close without its code');
  const code = new DataView(value.buffer, value.byteOffset).getUint32(0);
  try {
    const text = new TextDecoder('utf-8', { fatal: true });
    return { code, reason: text.decode(value.subarray(CODE_BYTES)) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw h3Error('capsule-malformed', 'A close reason that is not UTF-8');
  }
}

/** Decodes what the body of a CONNECT stream carries. Unknown capsules are skipped. */
export function capsuleDecoder(sink: CapsuleSink, limits: WebTransportLimits): RecordDecoder {
  let isClosed = false;
  const admit = (type: number, length: number): RecordFate => {
    if (isClosed) throw h3Error('capsule-after-close', 'A capsule after the session was closed');
    if (type !== CAPSULE.closeSession && type !== CAPSULE.drainSession) return 'skip';
    if (length > (type === CAPSULE.closeSession ? CODE_BYTES + MAX_REASON_BYTES : 0))
      throw h3Error('capsule-too-large', `A capsule of type ${type} with ${length} bytes`);
    return 'collect';
  };
  const onRecord = (type: number, value: Bytes): void => {
    if (type === CAPSULE.drainSession) sink.onDrain();
    else {
      isClosed = true;
      sink.onClose(decodeClose(value));
    }
  };
  return new RecordDecoder({ admit, onRecord, onPart: () => undefined }, limits.maxSkippedBytes);
}
