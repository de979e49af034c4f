import { beforeEach, describe, expect, it } from 'vitest';
import { hashToken, isToken, linkPath } from '../commands/governance/link-token.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { isSessionId, sessionIdOf } from './session-identity.ts';
import {
  type CreatedSession,
  EMPTY_SESSION_LIFE_MS,
  SessionLimitError,
  Sessions,
} from './sessions.ts';
import { MemoryStorage } from './storage/memory-storage.ts';
import { sampleRecord } from './storage/storage-contract.ts';

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
    const links = await storage.listFirstLinks(id);
    const stored = JSON.stringify([await storage.getSession(id), links]);
    for (const token of tokens) expect(stored).not.toContain(token);
    expect(linkPath(id, created.tokens.admin)).toBe(`/s/${id}#${created.tokens.admin}`);
    const hashes = new Map(links.map(({ role, tokenHash }) => [role, Buffer.from(tokenHash)]));
    for (const role of ['viewer', 'editor', 'admin'] as const)
      expect(hashes.get(role)?.toString('hex')).toBe(hashToken(created.tokens[role]));
  });

  it('stops at the limit, also when many ask at once', async () => {
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => sessions.create()));
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(2);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(SessionLimitError);
    expect(await storage.countSessions()).toBeLessThanOrEqual(3);
  });

  it('forgets empty sessions after a day, and never one that somebody edited', async () => {
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
