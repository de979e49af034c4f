import { beforeEach, describe, expect, it } from 'vitest';
import { createToken, hashToken } from '../commands/governance/link-token.ts';
import { addLink } from '../commands/governance/links.ts';
import {
  admitMember,
  assignRole,
  banMember,
  mayBeKnown,
  removeMember,
  revokeLink,
  unbanMember,
} from '../commands/governance/members.ts';
import { type Governance, NO_GOVERNANCE, roleOf } from '../ecs/document/governance.ts';
import { ROLES, type Role } from '../shared/roles.ts';
import { type Admission, admit } from './admission.ts';

const ALICE = 'a1'.repeat(32);
const BOB = 'b0'.repeat(32);
const CARL = 'cc'.repeat(32);
const NOW = Date.UTC(2027, 0, 1);

let governance: Governance;
const tokens: Record<Role, string> = { viewer: '', editor: '', admin: '' };

beforeEach(() => {
  governance = NO_GOVERNANCE;
  for (const role of ROLES) {
    tokens[role] = createToken();
    const tokenHash = hashToken(tokens[role]);
    governance = addLink(governance, { id: role, role, tokenHash, label: '' });
  }
});

/** Joins as the server does: what is granted is logged. */
function join(token: string | undefined, key = ALICE, now = NOW): Admission {
  const answer = admit(governance, key, token, now);
  if (answer.status === 'granted') {
    const { role, link } = answer;
    governance = admitMember(governance, { key, name: 'somebody', role, link });
  }
  return answer;
}

const replacement = (token = createToken()) => ({ id: 'new', tokenHash: hashToken(token) });

describe('joining', () => {
  it.each(ROLES)('S4: exchanges a %s token for its role, bound to the author', (role) => {
    expect(join(tokens[role])).toMatchObject({ status: 'granted', role });
    expect(join(undefined)).toEqual({ status: 'standing', role });
    expect(join(undefined, BOB)).toMatchObject({ reason: 'no_token' });
  });

  it('S4: refuses what is no token of this session', () => {
    for (const token of ['', 'x', createToken()])
      expect(join(token)).toEqual({ status: 'refused', reason: 'unknown_token' });
    expect(governance.members.size).toBe(0);
  });

  it('S4: takes the better of two links, and a bad one takes nothing away', () => {
    join(tokens.viewer);
    expect(join(tokens.editor)).toMatchObject({ status: 'granted', role: 'editor' });
    expect(join(tokens.viewer)).toEqual({ status: 'standing', role: 'editor' });
    expect(join(createToken())).toEqual({ status: 'standing', role: 'editor' });
  });

  it('S4: an expired link lets nobody in, and ends nobody’s role', () => {
    const token = createToken();
    const link = { id: 'term', role: 'editor' as const, label: '', expiresAt: NOW + 1000 };
    governance = addLink(governance, { ...link, tokenHash: hashToken(token) });
    expect(join(token)).toMatchObject({ status: 'granted' });
    expect(join(token, BOB, NOW + 1000)).toMatchObject({ reason: 'link_expired' });
    expect(join(undefined, ALICE, NOW + 1000)).toMatchObject({ status: 'standing' });
  });

  it('S4: a locked session takes nobody new but admins', () => {
    join(tokens.viewer);
    governance = { ...governance, locked: true };
    expect(join(undefined)).toMatchObject({ role: 'viewer' });
    expect(join(tokens.editor, BOB)).toMatchObject({ reason: 'locked' });
    expect(join(tokens.admin, BOB)).toMatchObject({ role: 'admin' });
  });

  it('S1: a second key that begins as a known one is refused', () => {
    join(tokens.viewer);
    expect(mayBeKnown(governance, ALICE)).toBe(true);
    const double = `${ALICE.slice(0, 16)}${'0'.repeat(48)}`;
    expect(mayBeKnown(governance, double)).toBe(false);
    expect(() => join(tokens.editor, double)).toThrow();
  });
});

describe('governing', () => {
  it('S4: withdrawing a link ends the roles it gave, and no other', () => {
    join(tokens.editor);
    join(tokens.admin, BOB);
    governance = revokeLink(governance, 'editor', BOB);
    expect(join(undefined)).toEqual({ status: 'refused', reason: 'link_revoked' });
    expect(join(tokens.editor)).toMatchObject({ reason: 'link_revoked' });
    expect(join(tokens.viewer)).toMatchObject({ role: 'viewer' });
    expect(join(undefined, BOB)).toMatchObject({ role: 'admin' });
  });

  it('S4: an admin who withdraws the link that he came by keeps his role', () => {
    join(tokens.admin);
    join(tokens.admin, BOB);
    governance = revokeLink(governance, 'admin', BOB);
    expect(roleOf(governance, BOB)).toBe('admin');
    expect(roleOf(governance, ALICE)).toBeUndefined();
  });

  it('S4: putting somebody out rotates what let them in; the others stay', () => {
    join(tokens.editor);
    join(tokens.editor, BOB);
    const token = createToken();
    governance = removeMember(governance, ALICE, replacement(token));
    expect(join(undefined)).toMatchObject({ reason: 'removed' });
    expect(join(tokens.editor)).toMatchObject({ reason: 'link_revoked' });
    expect(join(tokens.editor, CARL)).toMatchObject({ reason: 'link_revoked' });
    expect(join(undefined, BOB)).toMatchObject({ role: 'editor' });
    expect(join(token, CARL)).toMatchObject({ role: 'editor', link: 'new' });
    governance = revokeLink(governance, 'new', undefined);
    expect(join(undefined, BOB)).toMatchObject({ reason: 'link_revoked' });
  });

  it('S4: a changed role does not hide the link that let somebody in', () => {
    join(tokens.viewer);
    governance = assignRole(governance, ALICE, 'editor');
    governance = removeMember(governance, ALICE, replacement());
    expect(governance.links.get('viewer')?.revoked).toBe(true);
    expect(governance.links.get('new')?.role).toBe('viewer');
  });

  it('S4: who is banned comes in by no link until the ban is lifted', () => {
    join(tokens.editor);
    governance = banMember(governance, ALICE, replacement());
    for (const role of ROLES) expect(join(tokens[role])).toMatchObject({ reason: 'banned' });
    governance = unbanMember(governance, ALICE);
    expect(join(undefined)).toMatchObject({ reason: 'removed' });
    expect(join(tokens.viewer)).toMatchObject({ role: 'viewer' });
  });

  it('S4: bans an author who was never there', () => {
    governance = banMember(governance, BOB, replacement());
    expect(join(tokens.editor, BOB)).toMatchObject({ reason: 'banned' });
  });

  it('S4: a role that an admin assigned is raised by no link, and ended with none', () => {
    join(tokens.editor);
    governance = assignRole(governance, ALICE, 'viewer');
    expect(join(tokens.editor)).toEqual({ status: 'standing', role: 'viewer' });
    governance = revokeLink(governance, 'editor', BOB);
    expect(join(undefined)).toEqual({ status: 'standing', role: 'viewer' });
  });

  it('S4: a session that has an admin keeps one', () => {
    join(tokens.admin);
    expect(() => assignRole(governance, ALICE, 'editor')).toThrow(/without an admin/);
    expect(() => removeMember(governance, ALICE, replacement())).toThrow(/without an admin/);
    expect(() => banMember(governance, ALICE, replacement())).toThrow(/without an admin/);
    join(tokens.admin, BOB);
    governance = assignRole(governance, ALICE, 'editor');
    expect(roleOf(governance, ALICE)).toBe('editor');
  });
});
