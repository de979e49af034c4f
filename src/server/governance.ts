import type { Role } from './role.ts';
import { type IssuedLink, issueLink } from './sessions.ts';
import type { LogEffects, MemberRecord, SessionStorage } from './storage/storage.ts';

/**
 * What an admin's commands change besides the log. Each plan is data: the room appends the signed
 * entry and these effects in one transaction (S2), so that neither is ever there without the other.
 */
export type GovernanceEffects = Required<Pick<LogEffects, 'links' | 'members'>>;

const NOTHING: GovernanceEffects = { links: [], members: [] };

/** S4: withdraws a link, and ends every role it gave. */
export async function planLinkRevocation(
  storage: SessionStorage,
  sessionId: string,
  linkId: string,
  now: number,
): Promise<GovernanceEffects> {
  const link = await storage.getLink(sessionId, linkId);
  if (link === undefined || link.revokedAt !== undefined) return NOTHING;
  const members = await storage.listMembers(sessionId);
  return {
    links: [{ ...link, revokedAt: now }],
    members: members.filter((member) => member.viaLink === linkId).map(withoutRole),
  };
}

export interface ExpulsionPlan {
  readonly effects: GovernanceEffects;
  /** Links that take the place of the withdrawn one, for the admin to hand out again. */
  readonly replacements: readonly IssuedLink[];
}

/**
 * S4: puts somebody out. What let them in is rotated: the link is withdrawn for newcomers and a new
 * one of the same role takes its place; the others who came by it keep their roles, through the new
 * one.
 */
export async function planExpulsion(
  storage: SessionStorage,
  sessionId: string,
  author: string,
  now: number,
): Promise<ExpulsionPlan> {
  const known = await storage.getMember(sessionId, author);
  const banned: MemberRecord = {
    ...(known ?? { sessionId, author, firstSeen: now, lastSeen: now }),
    role: undefined,
    viaLink: undefined,
    bannedAt: now,
  };
  const link = known?.viaLink ? await storage.getLink(sessionId, known.viaLink) : undefined;
  if (link === undefined || link.revokedAt !== undefined)
    return { effects: { links: [], members: [banned] }, replacements: [] };
  const replacement = await issueLink(sessionId, link.role, now, link.expiresAt);
  const fellows = (await storage.listMembers(sessionId))
    .filter((member) => member.viaLink === link.id && member.author !== author)
    .map((member) => ({ ...member, viaLink: replacement.link.id }));
  return {
    effects: {
      links: [{ ...link, revokedAt: now }, replacement.link],
      members: [banned, ...fellows],
    },
    replacements: [replacement],
  };
}

/** S4: gives a member a role by an admin's word; no link raises it afterwards. */
export async function planRoleChange(
  storage: SessionStorage,
  sessionId: string,
  author: string,
  role: Role,
): Promise<GovernanceEffects> {
  const member = await storage.getMember(sessionId, author);
  if (member === undefined) return NOTHING;
  return { links: [], members: [{ ...member, role, viaLink: undefined }] };
}

/** Lets somebody who was put out come back, by a link as anybody else. */
export async function planPardon(
  storage: SessionStorage,
  sessionId: string,
  author: string,
): Promise<GovernanceEffects> {
  const member = await storage.getMember(sessionId, author);
  if (member === undefined) return NOTHING;
  return { links: [], members: [{ ...member, bannedAt: undefined }] };
}

function withoutRole(member: MemberRecord): MemberRecord {
  return { ...member, role: undefined, viaLink: undefined };
}
