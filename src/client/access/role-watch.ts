import type { ThetaError } from '../../shared/errors.ts';
import { atLeast, type Role } from '../../shared/roles.ts';

/** What is watched of a session. */
export interface WatchedSession {
  readonly role: Role;
  readonly status: string;
  readonly document: { readonly governance: { readonly locked: boolean } };
  readonly isOver: boolean;
  readonly problem: ThetaError | undefined;
}

export interface RoleWatchOptions {
  readonly session: WatchedSession;
  readonly notify: (notice: { kind: 'info' | 'error'; text: string }) => void;
  /** An admin has ended one's part in the session. */
  readonly onEnded: (problem: ThetaError) => void;
}

/** Problems that end a session which one was in, by an admin's hand. */
const ENDED = new Set(['closed_4401', 'closed_4403', 'link_revoked', 'removed', 'banned']);

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  viewer: 'You are a viewer now: you can look around, and change nothing.',
  editor: 'You are an editor now: you can change everything in the scene.',
  admin: 'You are an admin now: you can edit, and decide who may be here.',
};

/** S4: tells somebody in words, at once, what becomes of his role and of the lock. */
export class RoleWatch {
  readonly #options: RoleWatchOptions;
  #role: Role;
  #locked: boolean;
  #ended = false;

  constructor(options: RoleWatchOptions) {
    this.#options = options;
    this.#role = options.session.role;
    this.#locked = options.session.document.governance.locked;
  }

  /** To be called whenever the session has changed. */
  update(): void {
    const { session } = this.#options;
    if (session.isOver) this.#end();
    // While it comes back the governance may be empty for a moment.
    else if (session.status === 'connected') this.#compare();
  }

  #end(): void {
    const { session, onEnded } = this.#options;
    const { problem } = session;
    if (this.#ended || problem === undefined || !ENDED.has(problem.code)) return;
    this.#ended = true;
    onEnded(problem);
  }

  #compare(): void {
    const { session, notify } = this.#options;
    const { role } = session;
    const { locked } = session.document.governance;
    if (role !== this.#role) {
      notify({ kind: atLeast(role, this.#role) ? 'info' : 'error', text: ROLE_WORDS[role] });
    }
    if (locked !== this.#locked && role !== 'admin')
      notify({ kind: 'info', text: lockWords(locked) });
    this.#role = role;
    this.#locked = locked;
  }
}

function lockWords(locked: boolean): string {
  return locked
    ? 'An admin has locked the session: only admins can change it now.'
    : 'The session is open again.';
}
