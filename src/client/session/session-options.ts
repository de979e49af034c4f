import type { Agreement } from '../../commands/agreement.ts';
import type { HighWater, OutboxStore, SealedPacket } from '../../commands/outbox.ts';
import type { Signer, Verifier } from '../../commands/signing.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { MessageCodec } from '../../protocol/message-compression.ts';
import type { Bytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import type { Transport } from '../../transport/transport.ts';
import type { HistoryStore } from './history-keeper.ts';
import type { LastKnownStore } from './last-known.ts';
import type { GiveBack } from './lost-log.ts';
import type { RungKeeperOptions } from './rung-keeper.ts';
import type { TrayStore } from './tray.ts';

export type SessionStatus = 'connecting' | 'connected' | 'offline';

/** What a session keeps across pages: packets without a verdict (D2). */
export interface SessionStore extends OutboxStore {
  load(): Promise<StoredPackets>;
}

export interface StoredPackets {
  readonly packets: readonly SealedPacket[];
  /** Undefined for a replica that has sealed none. */
  readonly used: HighWater | undefined;
}

export interface ClientSessionOptions {
  readonly sessionId: Bytes;
  readonly token: string | undefined;
  readonly signer: Signer;
  readonly verifier: Verifier;
  readonly replica: number;
  readonly name: string;
  /** 0xrrggbb */
  readonly color: number;
  /** T3: what this page speaks. */
  readonly agreement: Agreement;
  readonly store: SessionStore;
  readonly clock: Clock;
  readonly random: Random;
  /** Opens a transport; rejects when there is none to be had now. */
  readonly connect: () => Promise<Transport>;
  /** T2: where other transports are found while one is up; without it there is one way only. */
  readonly ladder?: RungKeeperOptions['ladder'];
  readonly decompress: (bytes: Bytes, size: number) => Bytes | Promise<Bytes>;
  /** Told how large the content of a snapshot is that has begun to come. */
  readonly expectSnapshot?: (size: number) => void;
  /** Loads what reads and writes compressed messages; without it they come as they are. */
  readonly loadMessages?: () => Promise<MessageCodec>;
  /** D5: entries of packets, by digest in hexadecimal. */
  readonly fetchBlob: (digest: string) => Promise<Bytes>;
  /** D3: brings records of the log back to the server. */
  readonly giveBack: GiveBack;
  readonly uploadBlob: (packet: SealedPacket) => Promise<void>;
  readonly document?: Document;
  /** Where the last known document survives the page. */
  readonly lastKnownStore: LastKnownStore;
  /** O4: where what was refused survives the page. */
  readonly trayStore: TrayStore;
  /** O5: where undo and redo survive the page. */
  readonly historyStore?: HistoryStore;
}
