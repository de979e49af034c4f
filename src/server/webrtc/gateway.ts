import type { Bytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { ThetaError } from '../../shared/errors.ts';
import { ChannelCarrier, type MessageChannelPort } from '../../transport/channel-carrier.ts';
import { type Deferred, deferred } from '../../transport/deferred.ts';
import { LaneTransport } from '../../transport/lane-transport.ts';
import type { IncomingRequest, Transport } from '../../transport/transport.ts';
import {
  decodeGatewayMessage,
  encodeGatewayMessage,
  FROM_GATEWAY,
  type GatewayMessage,
  type GatewaySocket,
  TO_GATEWAY,
  textOf,
} from './gateway-wire.ts';

/** `WebSocket.OPEN`. */
const OPEN = 1;

export type GatewayErrorCode = 'gateway-down' | 'gateway-full' | 'gateway-refused';

export interface GatewayOptions {
  readonly clock: Clock;
  /** Sets the transport's handlers before it returns. */
  readonly onTransport: (transport: Transport, request: IncomingRequest) => void;
  /** From the offer to open channels. */
  readonly openTimeoutMs: number;
  /** Peer connections, those that are not open yet included. */
  readonly maxConnections: number;
}

export const GATEWAY_DEFAULTS: Pick<GatewayOptions, 'openTimeoutMs' | 'maxConnections'> = {
  openTimeoutMs: 10_000,
  maxConnections: 1024,
};

/** A connection that the gateway holds for us. */
interface Remote {
  readonly request: IncomingRequest;
  readonly answer: Deferred<string>;
  readonly port: GatewayPort;
  readonly cancelTimer: () => void;
}

/** T2: the server's end of the process that holds WebRTC's peer connections. */
export class WebRtcGateway {
  readonly #options: GatewayOptions;
  readonly #remotes = new Map<number, Remote>();
  #socket: GatewaySocket | undefined;
  #udpPort: number | undefined;
  #lastId = 0;

  constructor(options: Pick<GatewayOptions, 'clock' | 'onTransport'> & Partial<GatewayOptions>) {
    this.#options = { ...GATEWAY_DEFAULTS, ...options };
  }

  /** Where peers connect to; undefined while the gateway is not there. */
  get udpPort(): number | undefined {
    return this.#udpPort;
  }

  get connectionCount(): number {
    return this.#remotes.size;
  }

  /** The gateway has come, or come back: an earlier one is let go, and its peers are lost. */
  attach(socket: GatewaySocket): void {
    this.#detach();
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      const message = data instanceof ArrayBuffer && decodeGatewayMessage(new Uint8Array(data));
      if (message && this.#socket === socket) this.#take(message);
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#detach();
    };
  }

  /**
   * The SDP that answers a browser's; its transport follows when its channels are open.
   * @throws {ThetaError<GatewayErrorCode>}
   */
  async answer(sdp: string, request: IncomingRequest): Promise<string> {
    if (this.#udpPort === undefined)
      throw new ThetaError<GatewayErrorCode>('gateway-down', 'WebRTC is not available now.');
    if (this.#remotes.size >= this.#options.maxConnections)
      throw new ThetaError<GatewayErrorCode>('gateway-full', 'There are too many connections.');
    this.#lastId = (this.#lastId + 1) >>> 0;
    const id = this.#lastId;
    const { clock, openTimeoutMs } = this.#options;
    const remote: Remote = {
      request,
      answer: deferred<string>(),
      port: new GatewayPort((kind, body) => this.#send(kind, id, body)),
      cancelTimer: clock.setTimer(() => this.#drop(id), openTimeoutMs),
    };
    this.#remotes.set(id, remote);
    this.#send(TO_GATEWAY.offer, id, sdp);
    return remote.answer.promise;
  }

  #take({ kind, connection, body }: GatewayMessage): void {
    if (kind === FROM_GATEWAY.ready) this.#udpPort = Number(textOf(body));
    const remote = this.#remotes.get(connection);
    if (!remote) return;
    if (kind === FROM_GATEWAY.answer) remote.answer.resolve(textOf(body));
    else if (kind === FROM_GATEWAY.refused)
      remote.answer.reject(new ThetaError<GatewayErrorCode>('gateway-refused', textOf(body)));
    else if (kind === FROM_GATEWAY.open) this.#open(remote);
    else if (kind === FROM_GATEWAY.message) remote.port.onMessage(body.slice());
    else if (kind === FROM_GATEWAY.datagram) remote.port.onDatagram(body.slice());
    else if (kind === FROM_GATEWAY.closed) this.#forget(connection);
  }

  #open({ request, port, cancelTimer }: Remote): void {
    cancelTimer();
    const { clock, onTransport } = this.#options;
    onTransport(new LaneTransport('webrtc', new ChannelCarrier(port), { clock }), request);
  }

  /** Its channels did not open in time. */
  #drop(id: number): void {
    this.#send(TO_GATEWAY.close, id);
    this.#forget(id);
  }

  #forget(id: number): void {
    const remote = this.#remotes.get(id);
    if (!remote) return;
    this.#remotes.delete(id);
    remote.cancelTimer();
    remote.answer.reject(new ThetaError<GatewayErrorCode>('gateway-down', 'The peer has gone.'));
    remote.port.onClose();
  }

  #detach(): void {
    this.#socket = undefined;
    this.#udpPort = undefined;
    for (const id of [...this.#remotes.keys()]) this.#forget(id);
  }

  #send(kind: number, connection: number, body: Uint8Array | string = ''): void {
    if (this.#socket?.readyState === OPEN)
      this.#socket.send(encodeGatewayMessage(kind, connection, body));
  }
}

/** One peer's channels, by way of the gateway, which drops what would be stale. */
class GatewayPort implements MessageChannelPort {
  readonly isCongested = false;
  onMessage: (message: Bytes) => void = () => undefined;
  onDatagram: (datagram: Bytes) => void = () => undefined;
  onClose: () => void = () => undefined;
  readonly #send: (kind: number, body?: Uint8Array) => void;

  constructor(send: (kind: number, body?: Uint8Array) => void) {
    this.#send = send;
  }

  send(message: Bytes): void {
    this.#send(TO_GATEWAY.message, message);
  }

  readonly sendDatagram = (datagram: Bytes): void => {
    this.#send(TO_GATEWAY.datagram, datagram);
  };

  close(): void {
    this.#send(TO_GATEWAY.close);
  }
}
