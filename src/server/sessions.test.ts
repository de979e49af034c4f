import { beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../shared/clock.ts';
import { joinWithToken } from './admission.ts';
import {
  type GovernanceEffects,
  planExpulsion,
  planLinkRevocation,
  planPardon,
  planRoleChange,
} from './governance.ts';
import { isSessionId, sessionIdOf } from './session-identity.ts';
import {
  type CreatedSession,
  EMPTY_SESSION_LIFE_MS,
  issueLink,
  linkPath,
  SessionLimitError,
  Sessions,
} from './sessions.ts';
import { MemoryStorage } from './storage/memory-storage.ts';
import { sampleRecord } from './storage/storage-contract.ts';
import { hashToken, isToken } from './tokens.ts';

const ALICE = 'a1'.repeat(32);
const BOB = 'b0'.repeat(32);
const START = Date.UTC(2027, 0, 1);

let now: number;
let storage: MemoryStorage;
let sessions: Sessions;
let created: CreatedSession;
let id: string;

beforeEach(async () => {
  now = START;
  storage = new MemoryStorage();
  const clock: Clock = { ...systemClock, wallTime: () => now };
  sessions = new Sessions({ storage, clock, maxSessions: 3 });
  created = await sessions.create();
  id = created.session.id;
});

const nobody = (): boolean => false;

const join = (token: string | undefined, author = ALICE, session = id) =>
  joinWithToken(storage, session, token, author, now);

async function apply({ links, members }: GovernanceEffects): Promise<void> {
  for (const link of links) await storage.putLink(link);
  for (const member of members) await storage.putMember(member);
}

describe('creating a session', () => {
  it('names it by the fingerprint of its own key, which signs', async () => {
    const { publicKey, privateKey } = created.session;
    expect(isSessionId(id)).toBe(true);
    expect(await sessionIdOf(publicKey)).toBe(id);
    const message = new Uint8Array([1, 2, 3]);
    const signer = await crypto.subtle.importKey('pkcs8', privateKey, 'Ed25519', false, ['sign']);
    const verifier = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
    const signature = await crypto.subtle.sign('Ed25519', signer, message);
    expect(await crypto.subtle.verify('Ed25519', verifier, signature, message)).toBe(true);
  });

  it('S4: gives an unguessable token for each role, and stores none of them', async () => {
    const tokens = Object.values(created.tokens);
    expect(new Set(tokens).size).toBe(3);
    expect(tokens.every(isToken)).toBe(true);
    const stored = JSON.stringify([await storage.getSession(id), await storage.listLinks(id)]);
    for (const token of tokens) expect(stored).not.toContain(token);
    expect(linkPath(id, created.tokens.admin)).toBe(`/s/${id}#${created.tokens.admin}`);
    const link = await storage.findLink(id, await hashToken(created.tokens.admin));
    expect(link?.role).toBe('admin');
  });

  it('stops at the limit, also when many ask at once', async () => {
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => sessions.create()));
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(2);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(SessionLimitError);
    expect(await storage.countSessions()).toBeLessThanOrEqual(3);
  });

  it('forgets empty sessions after a day, and never one with a log', async () => {
    const used = await sessions.create();
    await storage.appendGroup([sampleRecord(used.session.id, 1)]);
    now += EMPTY_SESSION_LIFE_MS;
    expect(await sessions.expireEmpty(nobody)).toBe(0);
    now += 1;
    expect(await sessions.expireEmpty((open) => open === id)).toBe(0);
    expect(await sessions.expireEmpty(nobody)).toBe(1);
    expect(await storage.getSession(id)).toBeUndefined();
    expect(await storage.getSession(used.session.id)).toBeDefined();
  });
});

describe('joining', () => {
  it.each(['viewer', 'editor', 'admin'] as const)(
    'S4: exchanges a %s token for its role, bound to the author from then on',
    async (role) => {
      expect(await join(created.tokens[role])).toMatchObject({ status: 'admitted', role });
      expect(await join(undefined)).toMatchObject({ status: 'admitted', role });
      expect(await join(undefined, BOB)).toMatchObject({ reason: 'no-token' });
    },
  );

  it('refuses what is no token of this session, with a sentence', async () => {
    const other = await sessions.create();
    for (const token of [other.tokens.admin, '', 'x', 'A'.repeat(43)])
      expect(await join(token)).toMatchObject({ status: 'refused', reason: 'unknown-token' });
    const nowhere = await join(created.tokens.editor, ALICE, 'A'.repeat(22));
    expect(nowhere).toMatchObject({
      reason: 'unknown-session',
      message: expect.stringMatching(/\.$/),
    });
    expect(await storage.listMembers(id)).toEqual([]);
  });

  it('takes the better of two links, and a bad one takes nothing away', async () => {
    await join(created.tokens.viewer);
    expect(await join(created.tokens.editor)).toMatchObject({ role: 'editor' });
    expect(await join(created.tokens.viewer)).toMatchObject({ role: 'editor' });
    expect(await join('A'.repeat(43))).toMatchObject({ role: 'editor' });
  });

  it('refuses an expired link', async () => {
    const { link, token } = await issueLink(id, 'editor', now, now + 1000);
    await storage.putLink(link);
    now += 1000;
    expect(await join(token)).toMatchObject({ reason: 'link-expired' });
  });

  it('S4: a locked session takes nobody new but admins', async () => {
    await join(created.tokens.viewer);
    await storage.updateSession({ id, locked: true });
    expect(await join(undefined)).toMatchObject({ role: 'viewer' });
    expect(await join(created.tokens.editor, BOB)).toMatchObject({ reason: 'locked' });
    expect(await join(created.tokens.admin, BOB)).toMatchObject({ role: 'admin' });
  });

  it('keeps the session from expiring', async () => {
    now += EMPTY_SESSION_LIFE_MS;
    await join(created.tokens.viewer);
    now += EMPTY_SESSION_LIFE_MS;
    expect(await sessions.expireEmpty(nobody)).toBe(0);
  });
});

describe('governing', () => {
  const linkOf = async (role: 'viewer' | 'editor' | 'admin') =>
    (await storage.findLink(id, await hashToken(created.tokens[role])))!.id;

  it('S4: withdrawing a link ends the roles it gave, and no other', async () => {
    await join(created.tokens.editor);
    await join(created.tokens.admin, BOB);
    await apply(await planLinkRevocation(storage, id, await linkOf('editor'), now));
    expect(await join(undefined)).toMatchObject({ reason: 'no-token' });
    expect(await join(created.tokens.editor)).toMatchObject({ reason: 'link-revoked' });
    expect(await join(created.tokens.viewer)).toMatchObject({ role: 'viewer' });
    expect(await join(undefined, BOB)).toMatchObject({ role: 'admin' });
    const again = await planLinkRevocation(storage, id, await linkOf('editor'), now);
    expect(again).toEqual({ links: [], members: [] });
  });

  it('S4: putting somebody out rotates what let them in; the others stay', async () => {
    await join(created.tokens.editor);
    await join(created.tokens.editor, BOB);
    const { effects, replacements } = await planExpulsion(storage, id, ALICE, now);
    await apply(effects);
    expect(await join(created.tokens.admin)).toMatchObject({ reason: 'banned' });
    expect(await join(created.tokens.editor, 'cc'.repeat(32))).toMatchObject({
      reason: 'link-revoked',
    });
    expect(await join(undefined, BOB)).toMatchObject({ role: 'editor' });
    expect(await join(replacements[0]?.token, 'cc'.repeat(32))).toMatchObject({ role: 'editor' });
    await apply(await planLinkRevocation(storage, id, replacements[0]!.link.id, now));
    expect(await join(undefined, BOB)).toMatchObject({ reason: 'no-token' });
    await apply(await planPardon(storage, id, ALICE));
    expect(await join(created.tokens.viewer)).toMatchObject({ role: 'viewer' });
  });

  it('S4: bans an author who was never there', async () => {
    await apply((await planExpulsion(storage, id, BOB, now)).effects);
    expect(await join(created.tokens.editor, BOB)).toMatchObject({ reason: 'banned' });
  });

  it('S4: a role that an admin assigned is not raised by a link', async () => {
    await join(created.tokens.editor);
    await apply(await planRoleChange(storage, id, ALICE, 'viewer'));
    expect(await join(created.tokens.editor)).toMatchObject({ role: 'viewer' });
    await apply(await planLinkRevocation(storage, id, await linkOf('editor'), now));
    expect(await join(undefined)).toMatchObject({ role: 'viewer' });
  });
});
