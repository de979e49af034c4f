import {
  type Ending,
  type Governance,
  type Member,
  roleOf,
} from '../../ecs/document/governance.ts';
import { AUTHOR_ID_BYTES } from '../../ecs/document/sites.ts';
import { Reason } from '../../protocol/generated/types.ts';
import type { Role } from '../../shared/roles.ts';
import { refuse } from '../refusal.ts';
import { addLink, type NewLink } from './links.ts';

/** S3: those whose roles have ended are counted too. */
export const MAX_MEMBERS = 4096;

const ID_DIGITS = 2 * AUTHOR_ID_BYTES;

/** Whether nobody else's key begins with the same bytes: an author goes by them. */
export function mayBeKnown({ members }: Governance, key: string): boolean {
  if (members.has(key)) return true;
  const id = key.slice(0, ID_DIGITS);
  for (const known of members.keys()) if (known.startsWith(id)) return false;
  return true;
}

/** Somebody came by a link: he has its role from now on. */
export function admitMember(
  governance: Governance,
  { key, name, role, link }: { key: string; name: string; role: Role; link: string },
): Governance {
  if (!mayBeKnown(governance, key)) refuse(Reason.notOwn);
  return withMember(governance, { key, name, role, link, assigned: false });
}

/** An admin gives a member a role. */
export function assignRole(governance: Governance, key: string, role: Role): Governance {
  const { ending, ...member } = known(governance, key);
  if (ending === 'banned') refuse(Reason.noSuchMember);
  return guarded(governance, withMember(governance, { ...member, role, assigned: true }));
}

/**
 * Puts somebody out. What let him in is rotated: the link is withdrawn, and `replacement` takes its
 * place with the same role and term; the others who came by it keep their roles, through the new one.
 */
export function removeMember(
  governance: Governance,
  key: string,
  replacement: Pick<NewLink, 'id' | 'tokenHash'>,
): Governance {
  const member = known(governance, key);
  const ended = withMember(governance, withoutRole(member, endedBy('removed', member)));
  return guarded(governance, rotate(ended, member.link, replacement));
}

/** Puts somebody out for good, also one who was never here. */
export function banMember(
  governance: Governance,
  key: string,
  replacement: Pick<NewLink, 'id' | 'tokenHash'>,
): Governance {
  const member = governance.members.get(key) ?? { key, name: '', assigned: false };
  if (!mayBeKnown(governance, key)) refuse(Reason.notOwn);
  const ended = withMember(governance, withoutRole(member, 'banned'));
  return guarded(governance, rotate(ended, member.link, replacement));
}

/** Lets somebody who was banned come again, by a link as anybody else. */
export function unbanMember(governance: Governance, key: string): Governance {
  const member = known(governance, key);
  if (member.ending !== 'banned') return governance;
  return withMember(governance, { ...member, ending: 'removed' });
}

/**
 * S4: withdraws a link, and ends every role it gave but that of the admin who withdraws it: he keeps
 * his by his own word.
 */
export function revokeLink(governance: Governance, id: string, by: string | undefined): Governance {
  const link = governance.links.get(id) ?? refuse(Reason.noSuchLink);
  const links = new Map(governance.links).set(id, { ...link, revoked: true });
  const members = new Map(governance.members);
  for (const member of members.values()) {
    if (member.link !== id || member.assigned || member.role === undefined) continue;
    const next = member.key === by ? { ...member, assigned: true } : withoutRole(member, 'revoked');
    members.set(member.key, next);
  }
  return guarded(governance, { ...governance, links, members });
}

function known({ members }: Governance, key: string): Member {
  return members.get(key) ?? refuse(Reason.noSuchMember);
}

function withoutRole({ key, name, link }: Member, ending: Ending): Member {
  return { key, name, link, ending, assigned: false };
}

/** One who is banned stays so. */
function endedBy(ending: Ending, member: Member): Ending {
  return member.ending === 'banned' ? 'banned' : ending;
}

function withMember(governance: Governance, member: Member): Governance {
  const members = new Map(governance.members).set(member.key, member);
  if (members.size > MAX_MEMBERS) refuse(Reason.limit);
  return { ...governance, members };
}

function rotate(
  governance: Governance,
  id: string | undefined,
  { id: next, tokenHash }: Pick<NewLink, 'id' | 'tokenHash'>,
): Governance {
  const link = id === undefined ? undefined : governance.links.get(id);
  if (link === undefined || link.revoked) return governance;
  const { role, label, expiresAt } = link;
  const added = addLink(governance, { id: next, role, tokenHash, label, expiresAt });
  const links = new Map(added.links).set(link.id, { ...link, revoked: true });
  const members = new Map(governance.members);
  for (const member of members.values()) {
    if (member.link === id && member.role) members.set(member.key, { ...member, link: next });
  }
  return { ...governance, links, members };
}

/** A session that has an admin keeps one. */
function guarded(before: Governance, after: Governance): Governance {
  if (hasAdmin(before) && !hasAdmin(after)) refuse(Reason.lastAdmin);
  return after;
}

function hasAdmin(governance: Governance): boolean {
  for (const key of governance.members.keys()) if (roleOf(governance, key) === 'admin') return true;
  return false;
}
