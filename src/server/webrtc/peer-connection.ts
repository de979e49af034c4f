import { type DataChannel, PeerConnection, type RtcConfig } from 'node-datachannel';
import { CHANNEL_NAMES } from '../../transport/channel-names.ts';

/** A data channel that holds more than this would deliver a datagram that is stale. */
const MAX_BYTES_BEFORE_DATAGRAM = 64 * 1024;

export interface PeerEvents {
  onOpen(): void;
  onMessage(message: Uint8Array): void;
  onDatagram(datagram: Uint8Array): void;
  /** Once; nothing is heard afterwards. */
  onClosed(): void;
}

/** A browser's peer connection: two data channels that it opens, one ordered, one for datagrams. */
export class BrowserPeer {
  readonly #connection: PeerConnection;
  readonly #events: PeerEvents;
  #messages: DataChannel | undefined;
  #datagrams: DataChannel | undefined;
  #isClosed = false;

  constructor(name: string, config: RtcConfig, events: PeerEvents) {
    this.#events = events;
    this.#connection = new PeerConnection(name, { ...config, disableAutoNegotiation: true });
    this.#connection.onDataChannel((channel) => this.#adopt(channel));
    this.#connection.onStateChange((state) => {
      if (state === 'closed' || state === 'failed' || state === 'disconnected') this.close();
    });
  }

  /** The answer to an offer, with every address under which this end can be reached. */
  answer(sdp: string): Promise<string> {
    return new Promise((resolve) => {
      this.#connection.onGatheringStateChange((state) => {
        const local = this.#connection.localDescription();
        if (state === 'complete' && local) resolve(local.sdp);
      });
      this.#connection.setRemoteDescription(sdp, 'offer');
      this.#connection.setLocalDescription('answer');
    });
  }

  send(message: Uint8Array): void {
    if (this.#messages?.isOpen()) this.#messages.sendMessageBinary(message);
  }

  sendDatagram(datagram: Uint8Array): void {
    const channel = this.#datagrams;
    if (channel?.isOpen() && channel.bufferedAmount() <= MAX_BYTES_BEFORE_DATAGRAM)
      channel.sendMessageBinary(datagram);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#connection.close();
    this.#events.onClosed();
  }

  #adopt(channel: DataChannel): void {
    const label = channel.getLabel();
    const take = (handle: (bytes: Uint8Array) => void): void =>
      channel.onMessage((message) => {
        // Text means nothing here: an empty message is refused as what it is.
        if (!this.#isClosed)
          handle(typeof message === 'string' ? new Uint8Array(0) : new Uint8Array(message));
      });
    if (label === CHANNEL_NAMES.messages && !this.#messages) {
      this.#messages = channel;
      take((message) => this.#events.onMessage(message));
      channel.onClosed(() => this.close());
    } else if (label === CHANNEL_NAMES.datagrams && !this.#datagrams) {
      this.#datagrams = channel;
      take((datagram) => this.#events.onDatagram(datagram));
    } else {
      this.close();
      return;
    }
    if (this.#messages && this.#datagrams) this.#events.onOpen();
  }
}
