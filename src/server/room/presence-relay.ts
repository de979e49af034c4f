import { PRESENCE_BATCH, PRESENCE_HEADSET } from '../../commands/capabilities.ts';
import { plainPresence } from '../../commands/plain-presence.ts';
import type { Ephemeral, Presence } from '../../protocol/generated/types.ts';
import { PackedWriter } from '../../protocol/packed-bytes.ts';
import { PresenceInterest } from '../../replication/interest/presence-interest.ts';
import { objectKeys, placeOf } from '../../replication/interest/presence-place.ts';
import type { Bytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { serverMessage } from './messages.ts';
import type { Peer } from './peer.ts';
import type { RoomMetrics } from './room-metrics.ts';

/** What is shown goes out so often: it waits for one of these at most. */
export const PRESENCE_TICK_MS = 1000 / 30;
/** Of a message with several presences beside them. */
const BATCH_BYTES = 64;
/** Before each of them: its length. */
const LENGTH_BYTES = 2;

/** What somebody last showed, in the forms that peers can take (T3). */
interface Shown {
  readonly message: Bytes;
  readonly presence: Presence;
  plain: Bytes | undefined;
}

export interface PresenceRelayOptions {
  readonly peers: ReadonlyMap<number, Peer>;
  readonly clock: Clock;
  readonly metrics: RoomMetrics;
  /** S4: whether what this peer shows may still be shown. */
  readonly mayShow: (peer: Peer) => boolean;
}

/** Shows a room's peers to each other, as R3 says: by ticks, the near ones at each, the far ones rarely. */
export class PresenceRelay {
  readonly #options: PresenceRelayOptions;
  readonly #interest = new PresenceInterest();
  readonly #shown = new Map<number, Shown>();
  readonly #writer = new PackedWriter();
  #lastTick = Number.NEGATIVE_INFINITY;
  #isSet = false;

  constructor(options: PresenceRelayOptions) {
    this.#options = options;
  }

  /** Somebody has come, or comes back on another line: he is told of everybody. */
  enter(id: number): void {
    this.#interest.enter(id, this.#options.clock.now());
    if (this.#shown.size > 0) this.#schedule();
  }

  leave(id: number): void {
    this.#interest.leave(id);
    this.#shown.delete(id);
  }

  show(presence: Presence): void {
    const { peer: id } = presence;
    const message = serverMessage({ type: 'Presence', value: presence });
    const place = placeOf(presence, this.#interest.placeOf(id));
    this.#interest.show(id, place, message.length, this.#options.clock.now());
    this.#shown.set(id, { message, presence, plain: undefined });
    this.#schedule();
  }

  /** What somebody has selected makes him hear of who moves it. */
  attend(id: number, { op }: Ephemeral): void {
    if (op.type !== 'SelectionHighlight1') return;
    const { sites = [], entities = [] } = op.value;
    this.#interest.attend(id, objectKeys(sites, entities), this.#options.clock.now());
  }

  #schedule(): void {
    if (this.#isSet) return;
    this.#isSet = true;
    const { clock } = this.#options;
    const wait = Math.max(0, this.#lastTick + PRESENCE_TICK_MS - clock.now());
    clock.setTimer(() => {
      this.#isSet = false;
      this.#tick(clock.now());
    }, wait);
  }

  #tick(now: number): void {
    this.#lastTick = now;
    const { peers, metrics, mayShow } = this.#options;
    const counts = this.#interest.counts;
    const before = { ...counts };
    const visible = new Set<number>();
    for (const [id, peer] of peers) if (mayShow(peer)) visible.add(id);
    for (const [id, peer] of peers) {
      const taken = this.#interest.take(id, now, (other) => visible.has(other));
      if (taken.length > 0) this.#send(peer, taken);
    }
    metrics.presenceUpdates.add({ outcome: 'sent' }, counts.delivered - before.delivered);
    metrics.presenceUpdates.add({ outcome: 'squashed' }, counts.squashed - before.squashed);
    if (peers.size > 1 && this.#interest.isBehind) this.#schedule();
  }

  #send(peer: Peer, ids: readonly number[]): void {
    const messages = ids.flatMap((id) => {
      const shown = this.#shown.get(id);
      return shown ? [formFor(peer, shown)] : [];
    });
    if (!peer.has(PRESENCE_BATCH)) {
      for (const message of messages) peer.sendBytes('unreliable', message);
      return;
    }
    const most = peer.transport.maxDatagramBytes - BATCH_BYTES;
    let batch: Bytes[] = [];
    let size = 0;
    for (const message of messages) {
      const more = message.length + LENGTH_BYTES;
      if (size + more > most && batch.length > 0) {
        this.#sendBatch(peer, batch);
        batch = [];
        size = 0;
      }
      batch.push(message);
      size += more;
    }
    this.#sendBatch(peer, batch);
  }

  #sendBatch(peer: Peer, batch: readonly Bytes[]): void {
    const [first] = batch;
    if (first === undefined) return;
    if (batch.length === 1) {
      peer.sendBytes('unreliable', first);
      return;
    }
    this.#writer.reset();
    for (const message of batch) {
      this.#writer.varint(message.length);
      this.#writer.append(message);
    }
    const value = { messages: this.#writer.finish() };
    peer.sendBytes('unreliable', serverMessage({ type: 'Presences', value }));
  }
}

function formFor(peer: Peer, shown: Shown): Bytes {
  if (shown.presence.headset === undefined || peer.has(PRESENCE_HEADSET)) return shown.message;
  shown.plain ??= serverMessage({ type: 'Presence', value: plainPresence(shown.presence) });
  return shown.plain;
}
