import type { StoreApi } from 'zustand';
import type { Role } from '../../editor/editor.ts';
import type { ShareLinks } from '../share/share-links.ts';

/** Somebody who is or was let in, or who is banned. */
export interface AccessMember {
  /** The public key, 64 hexadecimal digits. */
  readonly key: string;
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
  /** Absent once it has ended. */
  readonly role: Role | undefined;
  readonly ending: 'revoked' | 'removed' | 'banned' | undefined;
  readonly isSelf: boolean;
  /** Connected now. */
  readonly isHere: boolean;
}

/** A way in. */
export interface AccessLink {
  readonly id: string;
  readonly role: Role;
  readonly label: string;
  readonly state: 'open' | 'expired' | 'revoked';
  /** Milliseconds since the Unix epoch. */
  readonly expiresAt: number | undefined;
  /** Absolute; undefined where this browser does not know the token. */
  readonly url: string | undefined;
  /** Whose roles would end with it. */
  readonly people: number;
}

export interface AccessState {
  /** Whether one may decide any of it. */
  readonly isAdmin: boolean;
  readonly locked: boolean;
  readonly members: readonly AccessMember[];
  /** Newest first. */
  readonly links: readonly AccessLink[];
  /** The links to hand on that this browser knows, one for each role. */
  readonly offered: ShareLinks;
}

export interface NewLink {
  readonly role: Role;
  readonly label: string;
  /** Milliseconds from now on; undefined is for ever. */
  readonly lifeMs: number | undefined;
}

/** Who may be in the session, and what an admin does about it. What fails is told as a notice. */
export interface AccessView {
  readonly state: StoreApi<AccessState>;
  setRole(key: string, role: Role): void;
  putOut(key: string): void;
  ban(key: string): void;
  unban(key: string): void;
  lock(locked: boolean): void;
  createLink(link: NewLink): void;
  revoke(id: string): void;
}
