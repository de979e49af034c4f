import { genesisHead } from '../commands/judgement.ts';
import { toBase64Url } from '../shared/bytes.ts';
import type { Clock } from '../shared/clock.ts';
import { ThetaError } from '../shared/errors.ts';
import { ROLES, type Role } from './role.ts';
import { createSessionIdentity } from './session-identity.ts';
import type { LinkRecord, SessionRecord, SessionStorage } from './storage/storage.ts';
import { createToken, hashToken } from './tokens.ts';

const HOUR_MS = 3_600_000;
const LINK_ID_BYTES = 9;
const EXPIRY_BATCH = 1000;

/** How long a session lives that nobody ever edited. */
export const EMPTY_SESSION_LIFE_MS = 24 * HOUR_MS;

export class SessionLimitError extends ThetaError<'too-many-sessions'> {}

/** A session just made, and the tokens that only its maker will ever see. */
export interface CreatedSession {
  readonly session: SessionRecord;
  readonly tokens: Readonly<Record<Role, string>>;
}

/** A link just made. The token is in no other place. */
export interface IssuedLink {
  readonly link: LinkRecord;
  readonly token: string;
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
      locked: false,
      epoch,
      genesis: genesisHead(identity.publicKey, epoch),
    };
    const issued = await Promise.all(ROLES.map((role) => issueLink(session.id, role, now)));
    await this.#storage.createSession(
      session,
      issued.map(({ link }) => link),
    );
    const tokens = Object.fromEntries(issued.map(({ link, token }) => [link.role, token]));
    return { session, tokens: tokens as Record<Role, string> };
  }
}

/** A new link, not yet stored: the room logs the change that stores it (S2). */
export async function issueLink(
  sessionId: string,
  role: Role,
  now: number,
  expiresAt?: number,
): Promise<IssuedLink> {
  const token = createToken();
  const id = toBase64Url(crypto.getRandomValues(new Uint8Array(LINK_ID_BYTES)));
  const tokenHash = await hashToken(token);
  return { token, link: { id, sessionId, role, tokenHash, createdAt: now, expiresAt } };
}

/** The path that opens the session with the token; the token is in the fragment, which no server sees. */
export function linkPath(sessionId: string, token: string): string {
  return `/s/${sessionId}#${token}`;
}
