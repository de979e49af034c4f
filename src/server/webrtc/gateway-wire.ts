import { type Bytes, concatBytes } from '../../shared/bytes.ts';

/*
 * What the server and the process that holds the peer connections say to each other, in binary
 * messages of one WebSocket on loopback: what it is, which connection (u32), and its body.
 */

/** From the server: an SDP to answer, a channel message, a datagram, the end of a connection. */
export const TO_GATEWAY = { offer: 0, message: 1, datagram: 2, close: 3 } as const;

/** From the gateway. `ready` is the first message, `answer` and `refused` follow an offer. */
export const FROM_GATEWAY = {
  ready: 0,
  answer: 1,
  refused: 2,
  open: 3,
  message: 4,
  datagram: 5,
  closed: 6,
} as const;

/** The path on the server's own loopback port; no page gets in without the secret. */
export const GATEWAY_PATH = '/internal/webrtc';
/** The secret follows in the list of subprotocols: a WebSocket carries no other header. */
export const GATEWAY_PROTOCOL = 'theta-gateway';

/** What either end needs of the WebSocket between them. */
export interface GatewaySocket extends Pick<WebSocket, 'binaryType' | 'readyState' | 'send'> {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
}

/** One message of either. */
export interface GatewayMessage {
  readonly kind: number;
  readonly connection: number;
  readonly body: Bytes;
}

const HEADER_BYTES = 5;

export function encodeGatewayMessage(
  kind: number,
  connection: number,
  body: Uint8Array | string = '',
): Bytes {
  const header = new Uint8Array(HEADER_BYTES);
  header[0] = kind;
  new DataView(header.buffer).setUint32(1, connection);
  return concatBytes(header, typeof body === 'string' ? new TextEncoder().encode(body) : body);
}

/** The body is a view of `bytes`; one that is too short is nothing. */
export function decodeGatewayMessage(bytes: Bytes): GatewayMessage | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  return {
    kind: bytes[0]!,
    connection: new DataView(bytes.buffer, bytes.byteOffset).getUint32(1),
    body: bytes.subarray(HEADER_BYTES),
  };
}

export function textOf(body: Bytes): string {
  return new TextDecoder().decode(body);
}
