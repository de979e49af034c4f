import type { IncomingRequest, Transport } from '../transport/transport.ts';
import type { Role } from './role.ts';

/** Who an upload token stands for. */
export interface Uploader {
  /** The public key, 64 hexadecimal digits. */
  readonly author: string;
  readonly role: Role;
}

export interface RoomHostStats {
  /** Rooms in memory. */
  readonly rooms: number;
  /** Live connections that have shaken hands. */
  readonly peers: number;
}

/** What the server's shell needs of the rooms, and all it knows of them. */
export interface RoomHost {
  /**
   * Takes over a connection whose `Origin` and `Host` have been checked; nothing else of it has.
   * Handlers are set before this returns.
   */
  acceptTransport(transport: Transport, request: IncomingRequest): void;
  /** Who may bring blobs to the session with this token, which a peer was given on joining. */
  authorizeUpload(sessionId: string, token: string): Uploader | undefined;
  /** Lets rooms finish: verdicts of what is stored go out, peers are told, nothing is lost. */
  shutdown(): Promise<void>;
  stats(): RoomHostStats;
}

/** The application code with which a server that has no rooms closes a connection. */
const NO_ROOMS_CODE = 503;

/** A host without rooms, for a server that only serves the page and its API. */
export const emptyRoomHost: RoomHost = {
  acceptTransport(transport) {
    transport.close(NO_ROOMS_CODE, 'This server holds no rooms.');
  },
  authorizeUpload: () => undefined,
  shutdown: () => Promise.resolve(),
  stats: () => ({ rooms: 0, peers: 0 }),
};
