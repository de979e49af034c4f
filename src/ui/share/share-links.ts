import type { Role } from '../../editor/editor.ts';

/** Absolute URLs that open the session, by the role they give; those that this person knows. */
export type ShareLinks = Readonly<Partial<Record<Role, string>>>;

export interface OfferedLink {
  readonly role: Role;
  readonly url: string;
  readonly title: string;
  /** What whoever opens it may do. */
  readonly grants: string;
}

const RANK: Readonly<Record<Role, number>> = { viewer: 0, editor: 1, admin: 2 };

const ROLES: readonly { readonly role: Role; readonly title: string; readonly grants: string }[] = [
  { role: 'viewer', title: 'Viewer', grants: 'Looks around, changes nothing.' },
  { role: 'editor', title: 'Editor', grants: 'Adds, moves and changes everything in the scene.' },
  {
    role: 'admin',
    title: 'Admin',
    grants: 'Edits, and decides who may be here.',
  },
];

/** The links a person of a role may hand on: never one that gives more than they have themselves. */
export function offeredLinks(links: ShareLinks, own: Role): readonly OfferedLink[] {
  return ROLES.flatMap((entry) => {
    const url = links[entry.role];
    return url !== undefined && RANK[entry.role] <= RANK[own] ? [{ ...entry, url }] : [];
  });
}
