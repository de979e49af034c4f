import { createStore } from 'zustand/vanilla';
import { type AccessLink as Link, type Member, roleOf } from '../../ecs/document/governance.ts';
import { fromHex, toHex } from '../../shared/bytes.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import type {
  AccessLink,
  AccessMember,
  AccessState,
  AccessView,
} from '../../ui/access/access-view.ts';
import { colorOf, cssColor } from '../identity/person.ts';
import type { SessionParts } from '../session/create-session.ts';
import type { SessionLinks } from '../session-links.ts';

export interface AccessOptions {
  readonly parts: SessionParts;
  readonly links: SessionLinks;
  readonly notify: (notice: { kind: 'info' | 'error' | 'success'; text: string }) => void;
}

/** What `update` brings up to date after the session has changed. */
export interface Access extends AccessView {
  update(): void;
}

/** Who may be in a session, as the panels show it and an admin decides it. */
export function accessOf({ parts, links, notify }: AccessOptions): Access {
  const { session } = parts;
  const state = createStore<AccessState>(() => stateOf(parts, links));
  const update = (): void => state.setState(stateOf(parts, links));
  /** The outcome of a refused one is told as that of every command is. */
  const execute = (type: string, params: unknown): unknown => {
    try {
      return session.pipeline.execute(type, params).result;
    } catch (thrown) {
      if (!(thrown instanceof ThetaError)) throw thrown;
      notify({ kind: 'error', text: messageOf(thrown) });
      return undefined;
    }
  };
  /** The token of a link that was made is nowhere else: it is kept before the link is known. */
  const makeLink = (type: string, params: unknown): void => {
    const made = execute(type, params) as { token: string } | undefined;
    if (made) void links.learn(made.token).then(update);
  };
  return {
    state,
    update,
    setRole: (author, role) => void execute('role.set', { author, role }),
    putOut: (author) => makeLink('member.remove', { author }),
    ban: (author) => makeLink('member.ban', { author }),
    unban: (author) => void execute('member.unban', { author }),
    lock: (locked) => void execute('session.lock', { locked }),
    createLink: ({ role, label, lifeMs }) => {
      const expiresAt = lifeMs === undefined ? undefined : Date.now() + lifeMs;
      makeLink('link.create', { role, label, expiresAt });
    },
    revoke: (link) => void execute('link.revoke', { link }),
  };
}

function stateOf({ session, identity }: SessionParts, links: SessionLinks): AccessState {
  const { governance } = session.document;
  const own = toHex(identity.signer.publicKey);
  const here = new Map(session.peers.all.map((peer) => [peer.author, peer.name]));
  const members = [...governance.members.values()];
  const now = Date.now();
  return {
    isAdmin: roleOf(governance, own) === 'admin',
    locked: governance.locked,
    members: members.map((member) => memberOf(member, own, here)).sort(byPresence),
    links: [...governance.links.values()].reverse().map((link) => ({
      ...linkOf(link, now),
      url: links.urlOf(link.tokenHash),
      people: members.filter((member) => endsWith(member, link.id, own)).length,
    })),
    offered: links.offered(governance, now),
  };
}

function memberOf(member: Member, own: string, here: ReadonlyMap<string, string>): AccessMember {
  const { key, name, role, ending } = member;
  const isSelf = key === own;
  return {
    key,
    name: here.get(key) || name || `Somebody (${key.slice(0, 8)})`,
    color: cssColor(colorOf(fromHex(key) ?? new Uint8Array(1))),
    role,
    ending,
    isSelf,
    isHere: isSelf || here.has(key),
  };
}

function linkOf(
  { id, role, label, expiresAt, revoked }: Link,
  now: number,
): Omit<AccessLink, 'url' | 'people'> {
  const expired = expiresAt !== undefined && expiresAt <= now;
  return { id, role, label, expiresAt, state: revoked ? 'revoked' : expired ? 'expired' : 'open' };
}

/** Whether revoking the link would end this member's role. */
function endsWith({ key, role, link, assigned }: Member, id: string, own: string): boolean {
  return link === id && role !== undefined && !assigned && key !== own;
}

/** Oneself, who is here, who may come, who may not; each by name. */
function byPresence(a: AccessMember, b: AccessMember): number {
  const rank = (member: AccessMember): number =>
    member.isSelf ? 0 : member.isHere ? 1 : member.role ? 2 : 3;
  return rank(a) - rank(b) || a.name.localeCompare(b.name);
}
