import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, concatBytes } from '../shared/bytes.ts';

/** T2: what a page signs to ask for a peer connection: SHA-256 of the session's id ‖ of its SDP. */
export function signalStatement(sessionId: string, sdp: string): Bytes {
  const text = new TextEncoder();
  return concatBytes(sha256(text.encode(sessionId)), sha256(text.encode(sdp)));
}
