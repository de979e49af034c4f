import { openPacket, sealPacket } from '../../src/commands/packet.ts';
import { decode, encode } from '../../src/protocol/codec.ts';
import { DecodeError } from '../../src/protocol/decode-error.ts';
import { MAX_SERVER_MESSAGE_BYTES } from '../../src/protocol/limits.ts';
import type { MessageCodec } from '../../src/protocol/message-compression.ts';
import { mutate } from '../../src/protocol/testing/mutate.ts';
import { isZstd } from '../../src/protocol/zstd-frame.ts';
import { type Bytes, equalBytes } from '../../src/shared/bytes.ts';
import type { Random } from '../../src/shared/random.ts';
import type { CloseInfo, Lane, Transport, TransportKind } from '../../src/transport/transport.ts';
import { fastSigner } from './fast-signing.ts';
import type { FaultCounts } from './faults.ts';

/** The most packets of others that a hostile peer keeps. */
const MAX_KEPT = 64;

/**
 * A hostile peer's way to the server: it shakes hands as everybody does, and listens; but each packet
 * that goes out is damaged, somebody else's, or of entries that its author may not sign.
 */
export class HostileTransport implements Transport {
  readonly #inner: Transport;
  readonly #author: string;
  readonly #mayEdit: boolean;
  readonly #random: Random;
  readonly #faults: FaultCounts;
  readonly #messages: MessageCodec;
  readonly #overheard: Bytes[] = [];
  onMessage: (lane: Lane, message: Bytes) => void = () => undefined;
  onClose: (info: CloseInfo) => void = () => undefined;

  /** @param mayEdit what it signs itself would then be as good as anybody's, so it does not */
  constructor(
    inner: Transport,
    author: string,
    mayEdit: boolean,
    random: Random,
    faults: FaultCounts,
    messages: MessageCodec,
  ) {
    this.#inner = inner;
    this.#author = author;
    this.#mayEdit = mayEdit;
    this.#random = random;
    this.#faults = faults;
    this.#messages = messages;
    inner.onMessage = (lane, message) => this.#overhear(lane, message);
    inner.onClose = (info) => this.onClose(info);
  }

  get kind(): TransportKind {
    return this.#inner.kind;
  }

  get maxDatagramBytes(): number {
    return this.#inner.maxDatagramBytes;
  }

  bufferedBytes(lane: Lane): number {
    return this.#inner.bufferedBytes(lane);
  }

  drained(lane: Lane, atMost: number): Promise<void> {
    return this.#inner.drained(lane, atMost);
  }

  close(code?: number, reason?: string): void {
    this.#inner.close(code, reason);
  }

  send(lane: Lane, message: Uint8Array): boolean {
    const bytes = new Uint8Array(message);
    const { payload } = decode('ClientMessage', this.#whole(bytes));
    if (payload.type === 'Submit')
      return this.#inner.send(lane, this.#damaged(payload.value.packet));
    return this.#inner.send(lane, bytes);
  }

  /** A message as it was before it was compressed. */
  #whole(message: Bytes): Bytes {
    return isZstd(message) ? this.#messages.inflate(message, MAX_SERVER_MESSAGE_BYTES) : message;
  }

  /** Sends something that nobody asked for: a packet of somebody else, as it was or changed. */
  async attack(): Promise<void> {
    const packet = this.#overheard[this.#random.below(this.#overheard.length)];
    if (packet === undefined) return;
    const choice = this.#random.below(this.#mayEdit ? 2 : 3);
    if (choice === 0) {
      this.#faults.count('packets of others sent again by hostile peers');
      this.#submit(packet);
    } else if (choice === 1) this.#inner.send('reliable', this.#damaged(packet));
    else this.#submit(await this.#signedAsOwn(packet));
  }

  #submit(packet: Bytes): void {
    const message = encode('ClientMessage', { payload: { type: 'Submit', value: { packet } } });
    this.#inner.send('reliable', message);
  }

  /** A message in which the packet is not what its author signed. */
  #damaged(packet: Bytes): Bytes {
    this.#faults.count('messages mutated by hostile peers');
    const whole = (bytes: Bytes): Bytes =>
      encode('ClientMessage', { payload: { type: 'Submit', value: { packet: bytes } } });
    for (;;) {
      const changed = mutate(packet, this.#random);
      if (saysTheSame(changed, packet)) continue;
      const message = whole(changed);
      if (this.#random.below(3) > 0) return message;
      const broken = mutate(message, this.#random);
      if (!holds(broken, packet)) return broken;
    }
  }

  /** Somebody else's entries, under one's own name and number: for a viewer to sign. */
  #signedAsOwn(packet: Bytes): Promise<Bytes> {
    this.#faults.count('packets signed without the right to edit');
    const { body } = openPacket(packet);
    const { session, lamport, entries, blob, blobSize } = body;
    return sealPacket(fastSigner(this.#author), {
      session,
      replica: 0,
      nonce: 1 + this.#random.below(3),
      lamport,
      blobSize,
      ...(entries && { entries }),
      ...(blob && { blob }),
    });
  }

  #overhear(lane: Lane, message: Bytes): void {
    const { payload } = decode('ServerMessage', this.#whole(message));
    if (payload.type === 'Accepted') {
      this.#overheard.push(payload.value.packet.slice());
      if (this.#overheard.length > MAX_KEPT) this.#overheard.shift();
    }
    this.onMessage(lane, message);
  }
}

/** Whether a message, if it can be read at all, brings what this packet says. */
function holds(message: Bytes, packet: Bytes): boolean {
  const payload = ifReadable(() => decode('ClientMessage', message).payload);
  return payload?.type === 'Submit' && saysTheSame(payload.value.packet, packet);
}

/** Whether what is signed came through whole: of what surrounds it not every byte means something. */
function saysTheSame(changed: Bytes, packet: Bytes): boolean {
  const opened = ifReadable(() => openPacket(changed));
  if (opened === undefined) return false;
  const { signed, signature } = openPacket(packet);
  return equalBytes(opened.signed, signed) && equalBytes(opened.signature, signature);
}

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof DecodeError) return undefined;
    throw thrown;
  }
}
