import { atLeast, type Role } from './role.ts';
import type { LinkRecord, MemberRecord, SessionStorage } from './storage/storage.ts';
import { hashToken, isToken } from './tokens.ts';

/** Why somebody is not let in. */
export type JoinRefusalReason =
  | 'unknown-session'
  | 'no-token'
  | 'unknown-token'
  | 'link-revoked'
  | 'link-expired'
  | 'banned'
  | 'locked';

export type JoinAnswer =
  | { readonly status: 'admitted'; readonly role: Role; readonly member: MemberRecord }
  | { readonly status: 'refused'; readonly reason: JoinRefusalReason; readonly message: string };

const MESSAGES: Readonly<Record<JoinRefusalReason, string>> = {
  'unknown-session': 'There is no such session; it may have expired.',
  'no-token': 'You need a link to enter this session.',
  'unknown-token': 'This link does not belong to this session.',
  'link-revoked': 'This link has been withdrawn.',
  'link-expired': 'This link has expired.',
  banned: 'You have been put out of this session.',
  locked: 'This session is locked; nobody new can enter.',
};

const refuse = (reason: JoinRefusalReason): JoinAnswer => ({
  status: 'refused',
  reason,
  message: MESSAGES[reason],
});

/**
 * S4: exchanges a link's token for a role, bound from then on to the author's key. Without a token
 * the role that the author already has stands. The better of the two counts, except that a role
 * which an admin assigned is not raised by a link. A locked session takes no new members, save
 * admins.
 * @param author the public key, 64 hexadecimal digits, which the caller has seen proven
 */
export async function joinWithToken(
  storage: SessionStorage,
  sessionId: string,
  token: string | undefined,
  author: string,
  now: number,
): Promise<JoinAnswer> {
  const session = await storage.getSession(sessionId);
  if (session === undefined) return refuse('unknown-session');
  const member = await storage.getMember(sessionId, author);
  if (member?.bannedAt !== undefined) return refuse('banned');
  const link = await linkFor(storage, sessionId, token, now);
  const grant = settle(member, link);
  if (typeof grant === 'string') return refuse(grant);
  if (session.locked && member?.role === undefined && grant.role !== 'admin')
    return refuse('locked');
  const seen = { sessionId, author, firstSeen: now, ...member, ...grant, lastSeen: now };
  await storage.putMember(seen);
  await storage.updateSession({ id: sessionId, lastActiveAt: now });
  return { status: 'admitted', role: grant.role, member: seen };
}

interface Grant {
  readonly role: Role;
  readonly viaLink: string | undefined;
}

/** A standing role survives a link that has ended: the link's role ended with it, if it gave one. */
function settle(
  member: MemberRecord | undefined,
  link: LinkRecord | JoinRefusalReason,
): Grant | JoinRefusalReason {
  const standing = member?.role && { role: member.role, viaLink: member.viaLink };
  if (typeof link === 'string') return standing ?? link;
  const assigned = standing !== undefined && standing.viaLink === undefined;
  if (assigned || (standing && atLeast(standing.role, link.role))) return standing;
  return { role: link.role, viaLink: link.id };
}

async function linkFor(
  storage: SessionStorage,
  sessionId: string,
  token: string | undefined,
  now: number,
): Promise<LinkRecord | JoinRefusalReason> {
  if (token === undefined) return 'no-token';
  if (!isToken(token)) return 'unknown-token';
  const link = await storage.findLink(sessionId, await hashToken(token));
  if (link === undefined) return 'unknown-token';
  if (link.revokedAt !== undefined) return 'link-revoked';
  if (link.expiresAt !== undefined && link.expiresAt <= now) return 'link-expired';
  return link;
}
