import type { Role } from '../../shared/roles.ts';

/** How a role ended: with the link that gave it, by being put out, or for good. */
export type Ending = 'revoked' | 'removed' | 'banned';

/** What an author is in a session. */
export interface Member {
  /** The public key, 64 hexadecimal digits. */
  readonly key: string;
  /** What he was called when he came. */
  readonly name: string;
  /** Absent once it has ended. */
  readonly role?: Role | undefined;
  readonly ending?: Ending | undefined;
  /** Given by an admin's word: no link raises it, and it does not end with one. */
  readonly assigned: boolean;
  /** The link that let him in. */
  readonly link?: string | undefined;
}

/** A way in. Its token is nowhere but with those who hand it out. */
export interface AccessLink {
  readonly id: string;
  readonly role: Role;
  /** SHA-256 of the token, hexadecimal. */
  readonly tokenHash: string;
  readonly label: string;
  /** Milliseconds since the Unix epoch: from then on it lets nobody in. */
  readonly expiresAt?: number | undefined;
  readonly revoked: boolean;
}

/** S2: who may be in a session, and as what. Never changed in place: a change makes another one. */
export interface Governance {
  readonly locked: boolean;
  /** By key. */
  readonly members: ReadonlyMap<string, Member>;
  /** By id. */
  readonly links: ReadonlyMap<string, AccessLink>;
}

export const NO_GOVERNANCE: Governance = { locked: false, members: new Map(), links: new Map() };

/** What an author may do now; undefined for a stranger and for one whose role has ended. */
export function roleOf(governance: Governance, key: string): Role | undefined {
  return governance.members.get(key)?.role;
}
