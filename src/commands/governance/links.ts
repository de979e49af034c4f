import type { AccessLink, Governance } from '../../ecs/document/governance.ts';
import { Reason } from '../../protocol/generated/types.ts';
import { refuse } from '../refusal.ts';

/** S3: withdrawn ones are counted too. */
export const MAX_LINKS = 1024;
export const MAX_LINK_LABEL = 64;

const LINK_ID = /^[0-9A-Za-z_-]{1,32}$/;

export type NewLink = Omit<AccessLink, 'revoked'>;

export function isLinkId(text: string): boolean {
  return LINK_ID.test(text);
}

/** A new way in. No two links have one id or one token. */
export function addLink(governance: Governance, link: NewLink): Governance {
  if (!isLinkId(link.id) || link.label.length > MAX_LINK_LABEL) refuse(Reason.invalidValue);
  for (const { id, tokenHash } of governance.links.values())
    if (id === link.id || tokenHash === link.tokenHash) refuse(Reason.invalidValue);
  if (governance.links.size >= MAX_LINKS) refuse(Reason.limit);
  const links = new Map(governance.links).set(link.id, { ...link, revoked: false });
  return { ...governance, links };
}

/** The link that a token opens, of whatever state. */
export function linkOfToken({ links }: Governance, tokenHash: string): AccessLink | undefined {
  for (const link of links.values()) if (link.tokenHash === tokenHash) return link;
  return undefined;
}
