import type { CommandOutbox, SealedPacket } from '../../commands/outbox.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Link } from './link.ts';

/** Bytes that may wait in the transport before packets are held back. */
const MAX_BUFFERED_BYTES = 256 * 1024;
/** Packets without a verdict that may be under way at once. */
const MAX_IN_FLIGHT = 64;
const BLOB_RETRY_MS = 2000;
/** Who edits too fast is told so this often. */
const TELL_AGAIN_MS = 30_000;

export interface PacketSenderOptions {
  readonly outbox: CommandOutbox;
  readonly clock: Clock;
  /** D5: brings the entries of a packet to the server before the packet. */
  readonly uploadBlob: (packet: SealedPacket) => Promise<void>;
  readonly onSent: (packet: SealedPacket) => void;
  /** The server expects a packet that is not here any more. */
  readonly onLacking: () => void;
}

/**
 * The transport queue: sends the outbox's packets in the order of their nonces, as fast as the link
 * takes them and no faster, from wherever the server says (D2).
 */
export class PacketSender {
  readonly #options: PacketSenderOptions;
  #link: Link | undefined;
  /** The next nonce to send. */
  #next = 1;
  #pumping = false;
  #heldUntil = 0;
  /** Over its rate: until all is sent, one packet at a time, for the others would come in vain. */
  #slowed = false;
  #tellAgainAt = 0;
  #cancelHold: () => void = () => undefined;

  constructor(options: PacketSenderOptions) {
    this.#options = options;
  }

  /** A link is up, and the server expects this nonce; older packets are sent for their verdicts. */
  attach(link: Link): void {
    this.#link = link;
    this.#next = this.#options.outbox.packets[0]?.nonce ?? this.#options.outbox.nextNonce;
    // What an earlier link was asked to wait for holds for this one.
    if (this.#options.clock.now() < this.#heldUntil) this.hold(this.#next, 0);
    else void this.pump();
  }

  detach(): void {
    this.#link = undefined;
    this.#cancelHold();
  }

  /** The server lacks everything from this nonce on. */
  rewind(nonce: number): void {
    const first = this.#options.outbox.packets[0]?.nonce;
    if (first !== undefined && nonce < first) this.#options.onLacking();
    else {
      this.#next = nonce;
      void this.pump();
    }
  }

  /** The server refuses a packet as it is: what waits is tried again, but seldom. */
  holdAll(forMs: number): void {
    this.hold(this.#options.outbox.packets[0]?.nonce ?? this.#next, forMs);
  }

  /** The server asks to wait. */
  hold(nonce: number, forMs: number): void {
    const { clock } = this.#options;
    this.#next = Math.min(this.#next, nonce);
    this.#heldUntil = Math.max(this.#heldUntil, clock.now() + forMs);
    this.#cancelHold();
    this.#cancelHold = clock.setTimer(() => void this.pump(), this.#heldUntil - clock.now());
  }

  /** S3: the author is over his rate. Whether he has not been told so for a while. */
  slow(nonce: number, forMs: number): boolean {
    const now = this.#options.clock.now();
    const isNews = now >= this.#tellAgainAt;
    if (isNews) this.#tellAgainAt = now + TELL_AGAIN_MS;
    this.#slowed = true;
    this.hold(nonce, forMs);
    return isNews;
  }

  async pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (let packet = this.#due(); packet; packet = this.#due()) await this.#send(packet);
    } finally {
      this.#pumping = false;
    }
  }

  #due(): SealedPacket | undefined {
    const { outbox, clock } = this.#options;
    if (this.#link === undefined || clock.now() < this.#heldUntil) return undefined;
    const { packets } = outbox;
    const first = packets[0];
    if (first === undefined) {
      this.#slowed = false;
      return undefined;
    }
    if (this.#next - first.nonce >= (this.#slowed ? 1 : MAX_IN_FLIGHT)) return undefined;
    return packets.find(({ nonce }) => nonce >= this.#next);
  }

  async #send(packet: SealedPacket): Promise<void> {
    const link = this.#link as Link;
    if (packet.blob) {
      try {
        await this.#options.uploadBlob(packet);
      } catch {
        this.hold(packet.nonce, BLOB_RETRY_MS);
        return;
      }
    }
    await link.transport.drained('reliable', MAX_BUFFERED_BYTES);
    if (this.#link !== link || packet.nonce < this.#next) return;
    if (!link.send({ type: 'Submit', value: { packet: packet.bytes } })) {
      this.detach();
      return;
    }
    this.#next = packet.nonce + 1;
    this.#options.onSent(packet);
  }
}
