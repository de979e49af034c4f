import type { Accepted } from '../protocol/generated/types.ts';
import type { Bytes } from '../shared/bytes.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/logger.ts';
import type { Role } from '../shared/roles.ts';
import type { Metrics } from '../telemetry/prometheus.ts';
import type { IncomingRequest, Transport } from '../transport/transport.ts';
import type { BlobStore } from './storage/blob-store.ts';
import type { SessionStorage } from './storage/storage.ts';

/** Who an upload token stands for. */
export interface Uploader {
  /** The public key, 64 hexadecimal digits. */
  readonly author: string;
  readonly role: Role;
}

/** Who asks for a peer connection, and what for. */
export interface SignalRequest {
  /** The session's id, as in a link. */
  readonly session: string;
  /** The public key. */
  readonly author: Bytes;
  readonly token: string | undefined;
  /** The SDP that came with it, or nothing. */
  readonly statement: string;
  readonly signature: Bytes;
}

export interface RoomHostStats {
  /** Rooms in memory. */
  readonly rooms: number;
  /** Live connections that have shaken hands. */
  readonly peers: number;
}

/** A link that an operator wants, whose admin lost theirs. */
export interface LinkRequest {
  readonly role: Role;
  readonly label: string;
  /** Milliseconds since the Unix epoch. */
  readonly expiresAt?: number | undefined;
}

/** D3: where a session stands that got a part of its log back. */
export interface TakenBack {
  /** Up to which its log goes now. */
  readonly index: number;
  /** Digests of content that its records name and that is not here. */
  readonly missing: readonly string[];
  /** Lets its bearer bring these (`authorOfLost`). */
  readonly token: string;
}

/** What the server's shell needs of the rooms, and all it knows of them. */
export interface RoomHost {
  /**
   * Takes over a connection whose `Origin` and `Host` have been checked; nothing else of it has.
   * Handlers are set before this returns.
   */
  acceptTransport(transport: Transport, request: IncomingRequest): void;
  /** T2: whether who signed a statement would be let into the session, by link or by key. */
  mayJoin(request: SignalRequest): Promise<boolean>;
  /** Who may bring blobs to the session with this token, which a peer was given on joining. */
  authorizeUpload(sessionId: string, token: string): Uploader | undefined;
  /** The id of the session whose content this token, given on joining, lets its bearer read. */
  authorizeDownload(token: string): string | undefined;
  /**
   * The newest stored snapshot that covers no more than this record, signed as one that is sent, in a
   * `PastSnapshot` buffer; undefined where there is none, or nobody in the session has the token.
   */
  pastSnapshot(sessionId: string, token: string, atMostIndex: number): Promise<Bytes | undefined>;
  /**
   * Makes a link in the session's own name, logged as every other (S2).
   * @returns its token, or undefined where there is no such session
   */
  createLink(sessionId: string, link: LinkRequest): Promise<string | undefined>;
  /**
   * D3: gives a session back records of its log that it lost with a newer disk. Anybody may: they are
   * signed by the session itself.
   * @returns undefined where there is no such session
   */
  takeBack(sessionId: string, records: readonly Accepted[]): Promise<TakenBack | undefined>;
  /**
   * D3: the author (public key, hexadecimal) in whose name lost content is brought back with the token
   * of `TakenBack`; undefined for other content and other tokens.
   */
  authorOfLost(sessionId: string, token: string, digest: string): string | undefined;
  /** Whether a room of the session is in memory; then it does not expire, however empty. */
  holds(sessionId: string): boolean;
  /**
   * Takes no more connections, and lets rooms finish: verdicts of what is stored go out, peers are
   * told, connections are closed.
   */
  shutdown(): Promise<void>;
  stats(): RoomHostStats;
}

/** What the shell gives the rooms to live on. */
export interface RoomHostContext {
  readonly storage: SessionStorage;
  readonly blobs: BlobStore;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly loggerFor: (part: string) => Logger;
}

export type RoomHostFactory = (context: RoomHostContext) => RoomHost;

/** The application code with which a server that has no rooms closes a connection. */
const NO_ROOMS_CODE = 503;

/** A host without rooms, for a server that only serves the page and its API. */
export const emptyRoomHost: RoomHost = {
  acceptTransport(transport) {
    transport.close(NO_ROOMS_CODE, 'This server holds no rooms.');
  },
  mayJoin: () => Promise.resolve(false),
  authorizeUpload: () => undefined,
  authorizeDownload: () => undefined,
  createLink: () => Promise.resolve(undefined),
  pastSnapshot: () => Promise.resolve(undefined),
  takeBack: () => Promise.resolve(undefined),
  authorOfLost: () => undefined,
  holds: () => false,
  shutdown: () => Promise.resolve(),
  stats: () => ({ rooms: 0, peers: 0 }),
};
