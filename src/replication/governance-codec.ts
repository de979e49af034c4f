import type { AccessLink, Governance, Member } from '../ecs/document/governance.ts';
import {
  Ending,
  type GovernanceState,
  type LinkState,
  type MemberState,
  Role as WireRole,
} from '../protocol/generated/types.ts';
import { type Bytes, fromHex, toHex } from '../shared/bytes.ts';
import { ROLES } from '../shared/roles.ts';

/** S2: the governance as a snapshot holds it; equal ones give equal bytes. */
export function encodeGovernance({ locked, members, links }: Governance): GovernanceState {
  return {
    locked,
    members: [...members.values()].sort((a, b) => order(a.key, b.key)).map(encodeMember),
    links: [...links.values()].sort((a, b) => order(a.id, b.id)).map(encodeLink),
  };
}

export function decodeGovernance({ locked, members, links }: GovernanceState): Governance {
  return {
    locked,
    members: new Map(members.map(decodeMember).map((member) => [member.key, member])),
    links: new Map(links.map(decodeLink).map((link) => [link.id, link])),
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function encodeMember({ key, name, role, ending, assigned, link }: Member): MemberState {
  return {
    key: bytesOf(key),
    role: WireRole[role ?? 'viewer'],
    ending: Ending[ending ?? 'none'],
    assigned,
    link,
    name,
  };
}

function decodeMember({ key, role, ending, assigned, link, name }: MemberState): Member {
  const ended = ENDINGS[ending];
  return {
    key: toHex(key),
    name,
    assigned,
    link,
    ...(ended ? { ending: ended } : { role: ROLES[role] }),
  };
}

const ENDINGS: Readonly<Record<Ending, Member['ending']>> = {
  [Ending.none]: undefined,
  [Ending.revoked]: 'revoked',
  [Ending.removed]: 'removed',
  [Ending.banned]: 'banned',
};

function encodeLink({ id, role, tokenHash, label, expiresAt, revoked }: AccessLink): LinkState {
  return {
    id,
    role: WireRole[role],
    token: bytesOf(tokenHash),
    label,
    expires: expiresAt ?? 0,
    revoked,
  };
}

function decodeLink({ id, role, token, label, expires, revoked }: LinkState): AccessLink {
  return {
    id,
    role: ROLES[role] ?? 'viewer',
    tokenHash: toHex(token),
    label,
    revoked,
    ...(expires !== 0 && { expiresAt: expires }),
  };
}

function bytesOf(hex: string): Bytes {
  return fromHex(hex) ?? new Uint8Array(0);
}
