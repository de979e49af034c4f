import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { encode } from '../../src/protocol/codec.ts';
import { toHex } from '../../src/shared/bytes.ts';
import { auditLog } from './audit.ts';
import { backUp } from './backup.ts';
import type { Simulation } from './simulation.ts';
import { create, goOffline, isAlive, nameOf, positionOf, twoPeople } from './two-people.ts';

async function heads({ storage, sessionId }: Simulation): Promise<string[]> {
  const records = await storage.readLog(sessionId, 0, Number.MAX_SAFE_INTEGER);
  return records.map(({ head }) => Buffer.from(head).toString('hex'));
}

describe('a server restored from an older backup', () => {
  it('D3: gets back what its log lacks, to the byte, also of those who are gone', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const backup = await backUp(simulation);
    bert.pipeline.execute('entity.rename', { entity: box, name: 'Bert was here' });
    const made = create(bert, { name: 'Bert’s' });
    await simulation.quiesce();
    for (let i = 0; i < 5; i++) {
      anna.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
      await simulation.run(150);
    }
    await simulation.quiesce();
    const before = { heads: await heads(simulation), hash: anna.hash };
    bert.kill();
    simulation.peers.splice(simulation.peers.indexOf(bert), 1);
    const waiting = anna.pipeline.execute('entity.rename', { entity: box, name: 'Waiting' });
    await simulation.restoreBackup(backup);
    await simulation.quiesce();
    expect((await heads(simulation)).slice(0, before.heads.length)).toEqual(before.heads);
    expect(isAlive(anna, made)).toBe(true);
    expect(positionOf(anna, box)).toEqual([5, 0, 0]);
    expect(await waiting.outcome).toMatchObject({ status: 'accepted' });
    expect(await simulation.serverHash()).toBe(anna.hash);
    const fresh = await simulation.peer({ author: 'fresh' });
    await simulation.quiesce();
    expect(fresh.hash).toBe(anna.hash);
    const audit = await auditLog(simulation.storage, simulation.blobs, simulation.sessionId);
    expect(audit.faults).toEqual([]);
  });

  it('D3: when others have gone on meanwhile, everybody offers his own edits anew', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const backup = await backUp(simulation);
    const made = create(anna, { name: 'Anna’s' });
    anna.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
    await simulation.quiesce();
    goOffline(anna);
    simulation.peers.splice(simulation.peers.indexOf(anna), 1);
    bert.kill();
    await bert.lastKnown.forget();
    await simulation.restoreBackup(backup);
    await bert.open();
    await simulation.quiesce();
    expect(isAlive(bert, made)).toBe(false);
    bert.pipeline.execute('entity.rename', { entity: box, name: 'Gone on' });
    await simulation.quiesce();
    simulation.peers.push(anna);
    anna.pipeline.execute('transform.translate', { entity: box, offset: [0, 1, 0] });
    await simulation.quiesce();
    expect(isAlive(bert, made)).toBe(true);
    expect(positionOf(bert, box)).toEqual([1, 1, 0]);
    expect(nameOf(anna, box)).toBe('Gone on');
    expect(anna.hash).toBe(bert.hash);
    expect(await simulation.serverHash()).toBe(bert.hash);
    const audit = await auditLog(simulation.storage, simulation.blobs, simulation.sessionId);
    expect(audit.faults).toEqual([]);
    expect(anna.session.tray.items).toEqual([]);
  });

  it('D3, D5: gets back the content that its log names, too', async () => {
    const { simulation, anna, bert } = await twoPeople();
    const backup = await backUp(simulation);
    const geometry = encode('Geometry', { submeshes: [{ positions: new Float32Array(9) }] });
    const digest = toHex(sha256(geometry));
    await Promise.all([anna.upload(geometry, digest), simulation.run(5000)]);
    const asset = { digest, kind: 'geometry', size: geometry.length, name: 'Rock', mediaType: '' };
    anna.pipeline.execute('asset.add', asset);
    // Too much for a packet: its entries go as a blob.
    anna.pipeline.transaction('Many', (builder) => {
      for (let i = 0; i < 500; i++) builder.execute('entity.create', { name: `Thing ${i}` });
    });
    await simulation.quiesce();
    await simulation.run(1000);
    const before = await heads(simulation);
    expect(simulation.blobs.count).toBe(2);
    await simulation.restoreBackup(backup, simulation.emptyBlobs());
    await simulation.quiesce();
    expect(await heads(simulation)).toEqual(before);
    // Bodies of requests take turns of their own, which simulated time does not wait for.
    await simulation.until('content given back', () => simulation.blobs.count === 2);
    expect(await simulation.blobs.read(digest)).toEqual(geometry);
    expect(await simulation.serverHash()).toBe(anna.hash);
    expect(bert.hash).toBe(anna.hash);
    const audit = await auditLog(simulation.storage, simulation.blobs, simulation.sessionId);
    expect(audit.faults).toEqual([]);
  });

  it('D3: a page that lacks what it sent once is sent on, not held up', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const backup = await backUp(simulation);
    anna.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
    await simulation.quiesce();
    bert.kill();
    anna.kill();
    await Promise.all([anna.lastKnown.forget(), bert.lastKnown.forget()]);
    await simulation.restoreBackup(backup);
    await Promise.all([anna.open(), bert.open()]);
    await simulation.quiesce();
    expect(positionOf(anna, box)).toEqual([0, 0, 0]);
    const edit = anna.pipeline.execute('entity.rename', { entity: box, name: 'Again' });
    await simulation.run(2000);
    expect(await edit.outcome).toMatchObject({ status: 'accepted' });
    await simulation.quiesce();
    expect(nameOf(bert, box)).toBe('Again');
  });

  it('S1: takes back only what the session signed, in its place', async () => {
    const { simulation, anna, box } = await twoPeople();
    const backup = await backUp(simulation);
    anna.pipeline.execute('entity.rename', { entity: box, name: 'One' });
    await simulation.run(200);
    anna.pipeline.execute('entity.rename', { entity: box, name: 'Two' });
    await simulation.quiesce();
    await simulation.run(1000);
    const records = await anna.lastKnown.after(0, 1000);
    const [one, two] = records.slice(-2);
    if (one === undefined || two === undefined) throw new Error('Nothing was kept.');
    for (const peer of simulation.peers) goOffline(peer);
    await simulation.restoreBackup(backup);
    const { index } = await simulation.giveBack([]);
    expect(one.index).toBe(index + 1);
    const forged = {
      ...one,
      judgement: one.judgement.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
    };
    expect(await simulation.giveBack([forged])).toMatchObject({ index });
    expect(await simulation.giveBack([{ ...one, packet: two.packet }])).toMatchObject({ index });
    expect(await simulation.giveBack([two])).toMatchObject({ index });
    const taken = simulation.giveBack([one, two, two]);
    await simulation.run(200);
    expect(await taken).toMatchObject({ index: index + 2, missing: [] });
    await simulation.quiesce();
    expect(await simulation.serverHash()).toBe(anna.hash);
  });
});
