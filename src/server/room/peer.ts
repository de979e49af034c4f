import type { Terms } from '../../commands/agreement.ts';
import type { Ephemeral, ServerPayload } from '../../protocol/generated/types.ts';
import type { MessageCodec } from '../../protocol/message-compression.ts';
import type { Bytes } from '../../shared/bytes.ts';
import type { Lane, Transport } from '../../transport/transport.ts';
import { serverMessage } from './messages.ts';
import type { TokenBucket } from './token-bucket.ts';

/** Why a connection is closed, as the transport's application code (docs/protocol.md). */
export const CLOSE = {
  normal: 0,
  refused: 4001,
  revoked: 4401,
  removed: 4403,
  malformed: 4400,
  silent: 4408,
  replaced: 4409,
  tooSlow: 4413,
  busy: 4429,
  failed: 4500,
  /** There is no space to store edits in. */
  full: 4507,
  shutdown: 4503,
} as const;

export interface PeerIdentity {
  readonly id: number;
  /** The public key. */
  readonly author: Bytes;
  /** The same, 64 hexadecimal digits. */
  readonly authorHex: string;
  readonly replica: number;
  readonly name: string;
  readonly color: number;
  readonly uploadToken: string;
  /** T3: what was agreed with it. */
  readonly terms: Terms;
}

/** One live connection that has shaken hands. */
export class Peer {
  #identity: PeerIdentity;
  readonly transport: Transport;
  /** What it sends that cannot be taken. */
  readonly wasted: TokenBucket;
  readonly #maxUnreadBytes: number;

  constructor(
    identity: PeerIdentity,
    transport: Transport,
    wasted: TokenBucket,
    maxUnreadBytes: number,
  ) {
    this.#identity = identity;
    this.transport = transport;
    this.wasted = wasted;
    this.#maxUnreadBytes = maxUnreadBytes;
  }

  /** It is being closed for what it sent: whatever it sent besides is not looked at. */
  isCutOff = false;

  /** Compresses for it, from when it said that it can read that. */
  messages: MessageCodec | undefined;

  /** What it last showed of each kind, for those who join later. */
  readonly shown = new Map<string, Ephemeral>();

  get identity(): PeerIdentity {
    return this.#identity;
  }

  /** T2: goes on as what an older connection of the same replica was to the others. */
  takeOver({ identity, shown }: Peer): void {
    this.#identity = { ...this.#identity, id: identity.id };
    for (const [kind, value] of shown) this.shown.set(kind, value);
  }

  /** T3: whether a capability was agreed on. */
  has(capability: string): boolean {
    return this.#identity.terms.capabilities.includes(capability);
  }

  remember(ephemeral: Ephemeral): void {
    const { type } = ephemeral.op;
    // A call to come is for those who hear it.
    if (type === 'ViewGather1') return;
    this.shown.set(type === 'ToolDeactivate1' ? 'ToolActivate1' : type, ephemeral);
  }

  send(lane: Lane, payload: ServerPayload): void {
    this.sendBytes(lane, serverMessage(payload));
  }

  /** Bytes that several peers get are encoded once. A reader that falls far behind is let go. */
  sendBytes(lane: Lane, message: Bytes): void {
    const line = lane === 'reliable' ? (this.messages?.deflate(message) ?? message) : message;
    const sent = this.transport.send(lane, line);
    if (lane === 'unreliable') return;
    if (!sent || this.transport.bufferedBytes('reliable') > this.#maxUnreadBytes) {
      this.transport.close(CLOSE.tooSlow, 'This connection is too slow; join again.');
    }
  }
}
