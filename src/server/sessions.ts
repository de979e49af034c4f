import { createLinkId, createToken, hashToken } from '../commands/governance/link-token.ts';
import { hexBytes } from '../commands/governance/values.ts';
import { genesisHead } from '../commands/judgement.ts';
import type { Clock } from '../shared/clock.ts';
import { ThetaError } from '../shared/errors.ts';
import { ROLES, type Role } from '../shared/roles.ts';
import { createSessionIdentity } from './session-identity.ts';
import type { FirstLink, SessionRecord, SessionStorage } from './storage/storage.ts';

const HOUR_MS = 3_600_000;
const EXPIRY_BATCH = 1000;

/** How long a session lives that nobody ever edited. */
export const EMPTY_SESSION_LIFE_MS = 24 * HOUR_MS;

export class SessionLimitError extends ThetaError<'too-many-sessions'> {}

/** A session just made, and the tokens that only its maker will ever see. */
export interface CreatedSession {
  readonly session: SessionRecord;
  readonly tokens: Readonly<Record<Role, string>>;
}

export interface SessionsOptions {
  readonly storage: SessionStorage;
  readonly clock: Clock;
  readonly maxSessions: number;
}

/** Makes sessions, and forgets the ones that stayed empty. */
export class Sessions {
  readonly #storage: SessionStorage;
  readonly #clock: Clock;
  readonly #maxSessions: number;
  /** Creations under way, so that a burst cannot pass the limit together. */
  #creating = 0;

  constructor({ storage, clock, maxSessions }: SessionsOptions) {
    this.#storage = storage;
    this.#clock = clock;
    this.#maxSessions = maxSessions;
  }

  /**
   * A new session with its own key, and a link for each role.
   * @throws SessionLimitError
   */
  async create(): Promise<CreatedSession> {
    this.#creating++;
    try {
      if ((await this.#storage.countSessions()) + this.#creating > this.#maxSessions)
        throw new SessionLimitError('too-many-sessions', 'This server holds no more sessions.');
      return await this.#create();
    } finally {
      this.#creating--;
    }
  }

  /**
   * Forgets empty sessions that nobody has come to in a day; gives how many.
   * @param isOpen whether somebody is in the session now, who may be about to edit
   */
  async expireEmpty(isOpen: (sessionId: string) => boolean): Promise<number> {
    const before = this.#clock.wallTime() - EMPTY_SESSION_LIFE_MS;
    const empty = await this.#storage.listEmptySessions(before, EXPIRY_BATCH);
    let expired = 0;
    for (const id of empty) {
      if (isOpen(id)) continue;
      await this.#storage.deleteSession(id);
      expired++;
    }
    return expired;
  }

  async #create(): Promise<CreatedSession> {
    const now = this.#clock.wallTime();
    const identity = await createSessionIdentity();
    const [epoch = 0] = crypto.getRandomValues(new Uint32Array(1));
    const session: SessionRecord = {
      ...identity,
      createdAt: now,
      lastActiveAt: now,
      epoch,
      genesis: genesisHead(identity.publicKey, epoch),
    };
    const tokens = { viewer: createToken(), editor: createToken(), admin: createToken() };
    const links = ROLES.map((role) => firstLink(session.id, role, tokens[role], now));
    await this.#storage.createSession(session, links);
    return { session, tokens };
  }
}

function firstLink(sessionId: string, role: Role, token: string, createdAt: number): FirstLink {
  const tokenHash = hexBytes(hashToken(token));
  return { id: createLinkId(), sessionId, role, tokenHash, createdAt };
}
