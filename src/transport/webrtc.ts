import type { Bytes } from '../shared/bytes.ts';
import { messageOf, ThetaError } from '../shared/errors.ts';
import { ChannelCarrier, type MessageChannelPort } from './channel-carrier.ts';
import { CHANNEL_NAMES } from './channel-names.ts';
import { connectRefusal } from './connect-error.ts';
import { deferred } from './deferred.ts';
import {
  LANE_TRANSPORT_DEFAULTS,
  LaneTransport,
  type LaneTransportOptions,
} from './lane-transport.ts';
import type { Transport } from './transport.ts';

/** How two ends that cannot reach each other yet exchange their descriptions. */
export interface Signalling {
  /** Servers that help the connection through; asked before each. */
  iceServers(): Promise<RTCIceServer[]>;
  /** The SDP that answers ours. */
  answer(sdp: string): Promise<string>;
}

export interface WebRtcConnectOptions extends LaneTransportOptions {
  /** From the call to an open transport. */
  readonly timeoutMs: number;
}

export const WEBRTC_CONNECT_DEFAULTS: WebRtcConnectOptions = {
  ...LANE_TRANSPORT_DEFAULTS,
  timeoutMs: 6_000,
};

const MAX_BYTES_BEFORE_DATAGRAM = 64 * 1024;

/**
 * Connects to a Theta server over a WebRTC data channel. The offer goes out at once, without our own
 * addresses: the server answers with its own, and learns ours from what reaches it. Rejects with
 * `ThetaError<ConnectErrorCode>`, in at most `timeoutMs`, and then leaves nothing open.
 */
export async function connectWebRtc(
  signalling: Signalling,
  options: Partial<WebRtcConnectOptions> = {},
): Promise<Transport> {
  const settings = { ...WEBRTC_CONNECT_DEFAULTS, ...options };
  if (typeof RTCPeerConnection === 'undefined')
    throw connectRefusal('connect-unsupported', 'This browser has no WebRTC');
  const timeout = deferred<never>();
  const cancelTimer = settings.clock.setTimer(
    () =>
      timeout.reject(connectRefusal('connect-timeout', `No answer in ${settings.timeoutMs} ms`)),
    settings.timeoutMs,
  );
  let connection: RTCPeerConnection | undefined;
  try {
    const iceServers = await Promise.race([signalling.iceServers(), timeout.promise]);
    connection = new RTCPeerConnection({ iceServers });
    const port = new PeerPort(connection);
    await Promise.race([open(connection, port, signalling), timeout.promise]);
    return new LaneTransport('webrtc', new ChannelCarrier(port), settings);
  } catch (error) {
    connection?.close();
    if (error instanceof ThetaError && error.code.startsWith('connect-')) throw error;
    throw connectRefusal('connect-failed', messageOf(error), error);
  } finally {
    cancelTimer();
  }
}

async function open(
  connection: RTCPeerConnection,
  port: PeerPort,
  signalling: Signalling,
): Promise<void> {
  await connection.setLocalDescription();
  const sdp = await signalling.answer(connection.localDescription?.sdp ?? '');
  await connection.setRemoteDescription({ type: 'answer', sdp });
  await port.opened;
}

class PeerPort implements MessageChannelPort {
  /** Resolves when both channels are open; rejects when the connection fails before. */
  readonly opened: Promise<unknown>;
  onMessage: (message: Bytes) => void = () => undefined;
  onDatagram: (datagram: Bytes) => void = () => undefined;
  onClose: () => void = () => undefined;
  readonly #connection: RTCPeerConnection;
  readonly #messages: RTCDataChannel;
  readonly #datagrams: RTCDataChannel;

  constructor(connection: RTCPeerConnection) {
    this.#connection = connection;
    const unordered = { ordered: false, maxRetransmits: 0 };
    this.#messages = connection.createDataChannel(CHANNEL_NAMES.messages);
    this.#datagrams = connection.createDataChannel(CHANNEL_NAMES.datagrams, unordered);
    this.#messages.onmessage = ({ data }) => this.onMessage(bytesOf(data));
    this.#datagrams.onmessage = ({ data }) => this.onDatagram(bytesOf(data));
    for (const channel of [this.#messages, this.#datagrams]) channel.binaryType = 'arraybuffer';
    this.#messages.onclose = () => this.onClose();
    const failed = deferred<never>();
    connection.onconnectionstatechange = () => {
      const { connectionState } = connection;
      if (connectionState !== 'failed' && connectionState !== 'closed') return;
      failed.reject(connectRefusal('connect-failed', 'The peer connection failed'));
      this.onClose();
    };
    this.opened = Promise.race([
      Promise.all([whenOpen(this.#messages), whenOpen(this.#datagrams)]),
      failed.promise,
    ]);
    this.opened.catch(() => undefined);
  }

  get isCongested(): boolean {
    return this.#datagrams.bufferedAmount > MAX_BYTES_BEFORE_DATAGRAM;
  }

  send(message: Bytes): void {
    if (this.#messages.readyState === 'open') this.#messages.send(message);
  }

  readonly sendDatagram = (datagram: Bytes): void => {
    if (this.#datagrams.readyState === 'open') this.#datagrams.send(datagram);
  };

  close(): void {
    this.#connection.close();
  }
}

function whenOpen(channel: RTCDataChannel): Promise<void> {
  return new Promise((resolve) => {
    channel.onopen = () => resolve();
  });
}

/** Text means nothing here: the carrier refuses an empty message. */
function bytesOf(data: unknown): Bytes {
  return data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(0);
}
