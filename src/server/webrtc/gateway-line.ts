import type { RtcConfig } from 'node-datachannel';
import {
  decodeGatewayMessage,
  encodeGatewayMessage,
  FROM_GATEWAY,
  type GatewayMessage,
  type GatewaySocket,
  TO_GATEWAY,
  textOf,
} from './gateway-wire.ts';
import { BrowserPeer } from './peer-connection.ts';

/** `WebSocket.OPEN`. */
const OPEN = 1;
const MALFORMED = 'This is no offer of a peer connection.';

/** The gateway's end of one line to the server, and the peers that the server asked for by it. */
export class GatewayLine {
  readonly #socket: GatewaySocket;
  readonly #config: RtcConfig;
  readonly #peers = new Map<number, BrowserPeer>();

  constructor(socket: GatewaySocket, config: RtcConfig, onEnd: () => void) {
    this.#socket = socket;
    this.#config = config;
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => {
      const message = data instanceof ArrayBuffer && decodeGatewayMessage(new Uint8Array(data));
      if (message) this.#take(message);
    };
    socket.onclose = () => {
      for (const peer of [...this.#peers.values()]) peer.close();
      onEnd();
    };
  }

  /** The line is up: the server learns on which UDP port peers are taken. */
  begin(port: number): void {
    this.#send(FROM_GATEWAY.ready, 0, String(port));
  }

  #take({ kind, connection, body }: GatewayMessage): void {
    if (kind === TO_GATEWAY.offer) void this.#answer(connection, textOf(body));
    else if (kind === TO_GATEWAY.message) this.#peers.get(connection)?.send(body);
    else if (kind === TO_GATEWAY.datagram) this.#peers.get(connection)?.sendDatagram(body);
    else if (kind === TO_GATEWAY.close) this.#peers.get(connection)?.close();
  }

  async #answer(id: number, sdp: string): Promise<void> {
    const peer = new BrowserPeer(String(id), this.#config, {
      onOpen: () => this.#send(FROM_GATEWAY.open, id),
      onMessage: (message) => this.#send(FROM_GATEWAY.message, id, message),
      onDatagram: (datagram) => this.#send(FROM_GATEWAY.datagram, id, datagram),
      onClosed: () => {
        this.#peers.delete(id);
        this.#send(FROM_GATEWAY.closed, id);
      },
    });
    this.#peers.set(id, peer);
    try {
      this.#send(FROM_GATEWAY.answer, id, await peer.answer(sdp));
    } catch {
      // The library throws at what is no SDP, or at none that it can answer.
      this.#send(FROM_GATEWAY.refused, id, MALFORMED);
      peer.close();
    }
  }

  #send(kind: number, connection: number, body: Uint8Array | string = ''): void {
    if (this.#socket.readyState === OPEN)
      this.#socket.send(encodeGatewayMessage(kind, connection, body));
  }
}
