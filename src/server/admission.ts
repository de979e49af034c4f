import { hashToken, isToken } from '../commands/governance/link-token.ts';
import { linkOfToken } from '../commands/governance/links.ts';
import type { AccessLink, Ending, Governance, Member } from '../ecs/document/governance.ts';
import { atLeast, type Role } from '../shared/roles.ts';

/** Why somebody is not let in. */
export type JoinRefusalReason =
  | 'no_token'
  | 'unknown_token'
  | 'link_revoked'
  | 'link_expired'
  | 'removed'
  | 'banned'
  | 'locked';

export type Admission =
  /** The role that the author has stands. */
  | { readonly status: 'standing'; readonly role: Role }
  /** The link gives a role, which is to be logged before anybody acts on it. */
  | { readonly status: 'granted'; readonly role: Role; readonly link: string }
  | { readonly status: 'refused'; readonly reason: JoinRefusalReason };

/** What who is not let in is told. */
export const JOIN_REFUSALS: Readonly<Record<JoinRefusalReason, string>> = {
  no_token: 'You need a link to enter this session.',
  unknown_token: 'This link does not belong to this session.',
  link_revoked: 'The link that you came by has been withdrawn.',
  link_expired: 'This link has expired.',
  removed: 'An admin has put you out of this session; you need a new link to come back.',
  banned: 'An admin has banned you from this session.',
  locked: 'This session is locked; nobody new can enter.',
};

const BY_ENDING: Readonly<Record<Ending, JoinRefusalReason>> = {
  revoked: 'link_revoked',
  removed: 'removed',
  banned: 'banned',
};

/**
 * S4: what a link's token is exchanged for. Without one the role that the author already has stands.
 * The better of the two counts, except that a role which an admin assigned is not raised by a link. A
 * locked session takes no new members, save admins.
 * @param key the author's, hexadecimal, which the caller has seen proven
 */
export function admit(
  governance: Governance,
  key: string,
  token: string | undefined,
  now: number,
): Admission {
  const member = governance.members.get(key);
  if (member?.ending === 'banned') return { status: 'refused', reason: 'banned' };
  const link = linkFor(governance, token, now);
  const standing = member?.role;
  if (standing !== undefined && !raises(member, link))
    return { status: 'standing', role: standing };
  if (typeof link === 'string') return { status: 'refused', reason: reasonFor(member, link) };
  if (governance.locked && standing === undefined && link.role !== 'admin')
    return { status: 'refused', reason: 'locked' };
  return { status: 'granted', role: link.role, link: link.id };
}

function raises(member: Member | undefined, link: AccessLink | JoinRefusalReason): boolean {
  if (typeof link === 'string' || member?.assigned) return false;
  return member?.role === undefined || !atLeast(member.role, link.role);
}

/** Who was here, and comes without another link, is told how that ended. */
function reasonFor(member: Member | undefined, fault: JoinRefusalReason): JoinRefusalReason {
  return fault === 'no_token' && member?.ending ? BY_ENDING[member.ending] : fault;
}

function linkFor(
  governance: Governance,
  token: string | undefined,
  now: number,
): AccessLink | JoinRefusalReason {
  if (token === undefined) return 'no_token';
  const link = isToken(token) ? linkOfToken(governance, hashToken(token)) : undefined;
  if (link === undefined) return 'unknown_token';
  if (link.revoked) return 'link_revoked';
  if (link.expiresAt !== undefined && link.expiresAt <= now) return 'link_expired';
  return link;
}
