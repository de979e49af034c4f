import { sha256 } from '@noble/hashes/sha2.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeEntries } from '../../src/commands/entries.ts';
import { nextHead, signJudgement } from '../../src/commands/judgement.ts';
import { LogAudit } from '../../src/commands/log-audit.ts';
import { reasonName } from '../../src/commands/refusal.ts';
import { Document } from '../../src/ecs/document/document.ts';
import { entityId } from '../../src/ecs/document/entity-id.ts';
import { type Accepted, Reason, Verdict } from '../../src/protocol/generated/types.ts';
import { readSnapshot } from '../../src/replication/snapshot.ts';
import { takeSnapshot } from '../../src/server/room/snapshots.ts';
import { type Bytes, fromBase64Url, toHex } from '../../src/shared/bytes.ts';
import { Forger } from './crafted.ts';
import { fastSigner, fastVerifier } from './fast-signing.ts';
import type { SimPeer } from './sim-peer.ts';
import { Simulation } from './simulation.ts';
import { create, goOffline, nameOf } from './two-people.ts';

const keyOf = (author: string): string => toHex(fastSigner(author).publicKey);

describe('S2, S4: governing', () => {
  let simulation: Simulation;
  let admin: SimPeer;
  let vera: SimPeer;
  let box: string;

  beforeEach(async () => {
    simulation = await Simulation.create(1);
    admin = await simulation.peer({ author: 'admin', role: 'admin' });
    vera = await simulation.peer({ author: 'vera', role: 'viewer' });
    await simulation.quiesce();
    box = create(admin, { name: 'Box' });
    await simulation.quiesce();
  });

  const outcomeOf = async (type: string, params: unknown) => {
    const { outcome } = admin.pipeline.execute(type, params);
    await simulation.run(500);
    return outcome;
  };
  const rename = (peer: SimPeer, name: string) =>
    peer.pipeline.execute('entity.rename', { entity: box, name });

  /** The page of who is not to be here stays closed. */
  function forget(peer: SimPeer): void {
    simulation.peers.splice(simulation.peers.indexOf(peer), 1);
  }

  it('S4: a role that an admin changes holds at once, both ways', async () => {
    expect(() => rename(vera, 'No')).toThrow(/role/);
    await outcomeOf('role.set', { author: keyOf('vera'), role: 'editor' });
    expect(vera.session.role).toBe('editor');
    rename(vera, 'Hers');
    await simulation.quiesce();
    expect(nameOf(admin, box)).toBe('Hers');
    await outcomeOf('role.set', { author: keyOf('vera'), role: 'viewer' });
    expect(() => rename(vera, 'Again')).toThrow(/role/);
    expect(admin.session.peers.all.map(({ role }) => role)).toEqual(['viewer']);
  });

  it('S4: what one made offline as an editor is refused when he is one no more', async () => {
    const bert = await simulation.peer({ author: 'bert' });
    await simulation.quiesce();
    goOffline(bert);
    const edit = rename(bert, 'Late');
    await outcomeOf('role.set', { author: keyOf('bert'), role: 'viewer' });
    await simulation.quiesce();
    expect(await edit.outcome).toMatchObject({ status: 'rejected', code: 'role' });
    expect(nameOf(admin, box)).toBe('Box');
  });

  it('S4: it is no step of undo', async () => {
    rename(admin, 'Second');
    await outcomeOf('role.set', { author: keyOf('vera'), role: 'editor' });
    admin.pipeline.undo();
    await simulation.quiesce();
    expect(nameOf(admin, box)).toBe('Box');
    expect(vera.session.role).toBe('editor');
  });

  it('S4: who is put out is told at once, and cannot come back by the old link', async () => {
    const made = await outcomeOf('member.remove', { author: keyOf('vera') });
    expect(made).toMatchObject({ status: 'accepted' });
    expect(vera.session.problem?.code).toBe('closed_4403');
    expect(vera.session.problem?.message).toMatch(/put you out/);
    forget(vera);
    const again = await simulation.peer({ author: 'vera', role: 'viewer' });
    await simulation.run(1000);
    expect(again.session.problem?.code).toBe('link_revoked');
    forget(again);
    const stranger = await simulation.peer({ author: 'stranger', role: 'viewer' });
    await simulation.run(1000);
    expect(stranger.session.problem?.code).toBe('link_revoked');
    forget(stranger);
    const invited = await simulation.peer({ author: 'invited' });
    invited.kill();
    invited.token = (made.result as { token: string }).token;
    await invited.open();
    await simulation.quiesce();
    expect(invited.session.role).toBe('viewer');
  });

  it('S4: revoking a link ends its roles; an insider without it hears that it was revoked', async () => {
    await outcomeOf('link.revoke', { link: 'viewers' });
    expect(vera.session.problem?.code).toBe('closed_4401');
    forget(vera);
    vera.token = undefined;
    await vera.open();
    await simulation.run(1000);
    expect(vera.session.problem?.code).toBe('link_revoked');
  });

  it('S4: a locked session changes by its admins alone, and takes nobody new', async () => {
    const bert = await simulation.peer({ author: 'bert' });
    await simulation.quiesce();
    await outcomeOf('session.lock', { locked: true });
    expect(() => rename(bert, 'No')).toThrow(/locked/);
    rename(admin, 'By admin');
    await simulation.quiesce();
    expect(nameOf(bert, box)).toBe('By admin');
    const late = await simulation.peer({ author: 'late' });
    await simulation.run(1000);
    expect(late.session.problem?.code).toBe('locked');
    forget(late);
    await outcomeOf('session.lock', { locked: false });
    rename(bert, 'Open');
    await simulation.quiesce();
    expect(nameOf(admin, box)).toBe('Open');
  });

  it('S2: what follows in a packet is judged by the role that is left', async () => {
    await outcomeOf('role.set', { author: keyOf('vera'), role: 'admin' });
    const forger = new Forger(simulation, admin);
    const down = forger.entry('role.set', { key: keyOf('admin'), role: 'viewer' }, 100);
    const edit = forger.entry(
      'entity.rename',
      { entity: entityId(forger.site, 1), name: 'X' },
      101,
    );
    const entries = encodeEntries(forger.document, forger.site, 100, [
      { label: 'Step down', entries: [down] },
      { label: 'Rename', entries: [edit] },
    ]);
    await forger.submit(await forger.seal({ entries }));
    const reasons = (await forger.lastVerdicts()).map(({ reason }) => reasonName(reason));
    expect(reasons).toEqual(['none', 'role']);
    expect(() =>
      vera.pipeline.execute('role.set', { author: keyOf('vera'), role: 'viewer' }),
    ).toThrow(/without an admin/);
  });

  it('S2: roles, links and the lock are the same from the log, from a snapshot and on every page', async () => {
    const made = await outcomeOf('link.create', { role: 'viewer', label: 'Guests', expiresAt: 99 });
    expect(made.result).toMatchObject({ token: expect.stringMatching(/^[\w-]{43}$/) });
    await outcomeOf('role.set', { author: keyOf('vera'), role: 'editor' });
    await outcomeOf('member.ban', { author: keyOf('nobody') });
    await outcomeOf('session.lock', { locked: true });
    await simulation.quiesce();
    const room = await simulation.openRoom();
    const { governance } = room.document;
    expect(governance.locked).toBe(true);
    expect([...governance.links.values()].map(({ label }) => label)).toContain('Guests');
    const restored = new Document();
    readSnapshot(restored, takeSnapshot(room));
    for (const { document } of [admin.session, vera.session, { document: restored }]) {
      expect(sorted(document)).toEqual(sorted(room.document));
    }
  });

  it('S2: the log shows offline that nobody did what his role forbids', async () => {
    await outcomeOf('role.set', { author: keyOf('vera'), role: 'editor' });
    rename(vera, 'Hers');
    await outcomeOf('role.set', { author: keyOf('vera'), role: 'viewer' });
    await simulation.quiesce();
    expect(await verify()).toMatchObject({ invalid: 0, worldHash: admin.hash });
  });

  it('S2: a server that lets a viewer edit is found out', async () => {
    const forger = new Forger(simulation, vera);
    const op = { entity: entityId(forger.siteOf('admin', 0), 1), name: 'Forged' };
    const packet = await forger.seal({
      entries: forger.entries(forger.entry('entity.rename', op)),
      nonce: 1,
    });
    const { index, firstSeq, entryCount, head } = await lastRecord();
    const rulings = [{ verdict: Verdict.accepted, reason: Reason.none }];
    const digest = new Uint8Array(sha256(packet));
    const judgement = await signJudgement(fastSigner('session'), {
      session: fromBase64Url(simulation.sessionId) as Bytes,
      epoch: 7,
      index: index + 1,
      author: fastSigner('vera').publicKey,
      replica: 0,
      nonce: 1,
      packet: digest,
      firstSeq: firstSeq + entryCount,
      verdicts: rulings,
      head: nextHead(head, digest, rulings),
      time: 0,
    });
    expect(await verify({ judgement: judgement.bytes, packet })).toMatchObject({
      invalid: 1,
      fault: expect.stringMatching(/beyond the role/),
    });
  });

  async function lastRecord() {
    const record = await simulation.storage.lastRecord(simulation.sessionId);
    if (record === undefined) throw new Error('The log is empty.');
    return record;
  }

  /** @param more records that a dishonest server would add */
  async function verify(...more: readonly Accepted[]) {
    const { storage, sessionId, blobs } = simulation;
    const records = await storage.readLog(sessionId, 0, 10_000);
    const audit = new LogAudit({
      verifier: fastVerifier,
      sessionKey: fastSigner('session').publicKey,
      readBlob: (digest) => blobs.read(digest),
    });
    await audit.take([...records, ...more]);
    return audit.report();
  }
});

function sorted({ governance: { locked, members, links } }: Document) {
  const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) =>
    a < b ? -1 : 1;
  return { locked, members: [...members].sort(byKey), links: [...links].sort(byKey) };
}
