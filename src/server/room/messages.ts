import { decode, encode } from '../../protocol/codec.ts';
import type { ClientPayload, ServerPayload } from '../../protocol/generated/types.ts';
import type { Bytes } from '../../shared/bytes.ts';

/** @throws {DecodeError} */
export function readClientMessage(bytes: Bytes): ClientPayload {
  return decode('ClientMessage', bytes).payload;
}

export function serverMessage(payload: ServerPayload): Bytes {
  return encode('ServerMessage', { payload });
}
