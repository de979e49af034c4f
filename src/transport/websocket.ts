import type { Bytes } from '../shared/bytes.ts';
import { ChannelCarrier, type MessageChannelPort } from './channel-carrier.ts';
import { connectRefusal } from './connect-error.ts';
import { deferred } from './deferred.ts';
import {
  LANE_TRANSPORT_DEFAULTS,
  LaneTransport,
  type LaneTransportOptions,
} from './lane-transport.ts';
import type { Transport } from './transport.ts';

export interface WebSocketConnectOptions extends LaneTransportOptions {
  /** From the call to an open transport. */
  readonly timeoutMs: number;
}

export const WEBSOCKET_CONNECT_DEFAULTS: WebSocketConnectOptions = {
  ...LANE_TRANSPORT_DEFAULTS,
  timeoutMs: 5_000,
};

/** Presence that would wait behind more than this is stale when it arrives. */
const MAX_BYTES_BEFORE_DATAGRAM = 64 * 1024;

/**
 * Connects to a Theta server at `url` (`wss://host:port/path`). Rejects with
 * `ThetaError<ConnectErrorCode>`, in at most `timeoutMs`, and then leaves nothing open.
 */
export async function connectWebSocket(
  url: string | URL,
  options: Partial<WebSocketConnectOptions> = {},
): Promise<Transport> {
  const settings = { ...WEBSOCKET_CONNECT_DEFAULTS, ...options };
  const socket = openSocket(url);
  const opened = deferred();
  const cancelTimer = settings.clock.setTimer(
    () => opened.reject(connectRefusal('connect-timeout', `No answer in ${settings.timeoutMs} ms`)),
    settings.timeoutMs,
  );
  socket.onopen = () => opened.resolve();
  // A browser does not say why: `onclose` follows, and knows no more.
  socket.onerror = () => opened.reject(connectRefusal('connect-failed', 'The WebSocket failed'));
  socket.onclose = () => opened.reject(connectRefusal('connect-failed', 'The WebSocket closed'));
  try {
    await opened.promise;
  } catch (error) {
    socket.close();
    throw error;
  } finally {
    cancelTimer();
  }
  return webSocketTransport(socket, settings);
}

/** A transport over a WebSocket that is open, or is about to be on the server's side. */
export function webSocketTransport(
  socket: WebSocket,
  options: Partial<LaneTransportOptions> = {},
): Transport {
  return new LaneTransport('websocket', new ChannelCarrier(new SocketPort(socket)), options);
}

function openSocket(url: string | URL): WebSocket {
  if (typeof WebSocket === 'undefined')
    throw connectRefusal('connect-unsupported', 'This browser has no WebSocket');
  return new WebSocket(url);
}

class SocketPort implements MessageChannelPort {
  onMessage: (message: Bytes) => void = () => undefined;
  onDatagram: (datagram: Bytes) => void = () => undefined;
  onClose: () => void = () => undefined;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    // Text means nothing here: the carrier refuses an empty message.
    socket.onmessage = ({ data }) =>
      this.onMessage(data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(0));
    socket.onerror = () => this.onClose();
    socket.onclose = () => this.onClose();
  }

  get isCongested(): boolean {
    return this.#socket.bufferedAmount > MAX_BYTES_BEFORE_DATAGRAM;
  }

  send(message: Bytes): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(message);
  }

  close(): void {
    this.#socket.close();
  }
}
