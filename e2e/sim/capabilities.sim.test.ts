import { describe, expect, it } from 'vitest';
import { SnapshotReceiver } from '../../src/client/session/snapshot-receiver.ts';
import { ownAgreement } from '../../src/commands/agreement.ts';
import { CAPABILITIES, PRESENCE_HEADSET, SNAPSHOT_ZSTD } from '../../src/commands/capabilities.ts';
import { Document } from '../../src/ecs/document/document.ts';
import { decode } from '../../src/protocol/codec.ts';
import { decompress } from '../../src/protocol/compression.ts';
import type { Presence } from '../../src/protocol/generated/types.ts';
import { worldHash } from '../../src/replication/document-codec.ts';
import { readSnapshot } from '../../src/replication/snapshot.ts';
import type { Bytes } from '../../src/shared/bytes.ts';
import { fastVerifier } from './fast-signing.ts';
import type { SimPeer } from './sim-peer.ts';
import { create, fieldOf, goOffline, nameOf, twoPeople } from './two-people.ts';

const HEAD = { position: { x: 1, y: 1.5, z: 3 }, x: 0, y: 0, z: 0, w: 32_767 };
const HEADSET = { time: 5, scale: 1, hands: 0, head: HEAD, left: HEAD, right: HEAD };

function cannot(): never {
  throw new Error('It cannot decompress.');
}

/** What a peer is shown from now on. */
function seenBy(peer: SimPeer): Presence[] {
  const seen: Presence[] = [];
  peer.session.onPresence = (presence) => seen.push(presence);
  return seen;
}

describe('T3: peers that have not the same capabilities', () => {
  it('one with none gets the snapshot as it is, and converges; so it does from what it kept', async () => {
    const { simulation, anna, box } = await twoPeople();
    for (let i = 0; i < 50; i++) create(anna, { name: `Box ${i}` });
    await simulation.quiesce();
    const carl = await simulation.peer({ author: 'carl', release: { capabilities: [] } });
    await simulation.quiesce();
    expect(carl.session.capabilities).toEqual([]);
    expect(carl.session.counters.compressionRatio).toBe(1);
    expect(carl.hash).toBe(anna.hash);
    const dora = await simulation.peer({
      author: 'dora',
      release: { capabilities: [SNAPSHOT_ZSTD, 'holograms@3'] },
    });
    await simulation.quiesce();
    expect(dora.session.capabilities).toEqual([SNAPSHOT_ZSTD]);
    expect(dora.session.counters.compressionRatio).toBeGreaterThan(1);

    carl.pipeline.execute('entity.rename', { entity: box, name: 'Of Carl' });
    await simulation.quiesce();
    await carl.session.stop();
    carl.kill();
    await carl.open();
    await simulation.quiesce();
    expect(nameOf(carl, box)).toBe('Of Carl');
    for (const peer of [anna, carl, dora]) expect(peer.hash).toBe(await simulation.serverHash());
  });

  it('looks at the past as it can read it', async () => {
    const { simulation, anna } = await twoPeople({ snapshotEvery: 1 });
    const carl = await simulation.peer({ author: 'carl', release: { capabilities: [] } });
    create(anna, { name: 'Another' });
    await simulation.quiesce();
    const hashes = [];
    for (const { session } of [anna, carl]) {
      const { rooms, sessionId } = simulation;
      const answer = await rooms.pastSnapshot(sessionId, session.uploadToken, 1_000_000);
      const { header, signature, bytes } = decode('PastSnapshot', answer as Bytes);
      const receiver = new SnapshotReceiver();
      receiver.begin({ body: header, signature });
      receiver.add({ offset: 0, bytes });
      const read = session === carl.session ? cannot : decompress;
      const past = await receiver.finish(fastVerifier, session.sessionKey, read);
      const document = new Document();
      readSnapshot(document, past.bytes);
      hashes.push(worldHash(document));
      expect(past.header.plain).toBe(session === carl.session);
    }
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).toBe(anna.hash);
  });

  it('people in headsets are shown to each as it can show them', async () => {
    const { simulation, anna, bert } = await twoPeople();
    const carl = await simulation.peer({
      author: 'carl',
      release: { capabilities: [SNAPSHOT_ZSTD] },
    });
    await simulation.quiesce();
    const [annaSees, bertSees, carlSees] = [anna, bert, carl].map(seenBy) as [
      Presence[],
      Presence[],
      Presence[],
    ];
    anna.session.sendPresence({ tick: 1, fov: 0, headset: HEADSET });
    carl.session.sendPresence({ tick: 1, fov: 0, headset: HEADSET });
    await simulation.until(
      'all are shown',
      () => annaSees.length + bertSees.length + carlSees.length === 4,
    );
    expect(bertSees.find(({ peer }) => peer === anna.session.peer)).toMatchObject({
      headset: HEADSET,
    });
    const plain = { view: { position: HEAD.position, rotation: { x: 0, y: 0, z: 0, w: 1 } } };
    expect(carlSees).toMatchObject([plain]);
    expect(carlSees[0]?.headset).toBeUndefined();
    // One that did not agree on it does not send it, either.
    expect(annaSees).toMatchObject([plain]);
    expect(annaSees[0]?.headset).toBeUndefined();
  });

  it('a server with fewer is taken as it is', async () => {
    const { simulation, anna, bert } = await twoPeople();
    simulation.release = { capabilities: [] };
    await simulation.crashServer();
    await simulation.quiesce();
    expect(anna.session.capabilities).toEqual([]);
    const carl = await simulation.peer({ author: 'carl' });
    create(anna, { name: 'After' });
    await simulation.quiesce();
    for (const peer of [bert, carl]) expect(peer.hash).toBe(anna.hash);
  });
});

describe('T3: a server of another release', () => {
  const { vocabulary } = ownAgreement();

  it('tells an older page by name, keeps its edits waiting, and takes them from the newer page', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(anna);
    anna.pipeline.execute('transform.set', { entity: box, position: [1, 2, 3] });
    await simulation.run(1000);
    simulation.release = { vocabulary: vocabulary + 1, schema: new Uint8Array(32).fill(1) };
    await simulation.crashServer();
    anna.online = true;
    await simulation.until('both are told', () => anna.session.isOver && bert.session.isOver);
    expect(anna.session.problem).toMatchObject({
      code: 'outdated_client',
      message: expect.stringMatching(/Reload it/),
    });
    // What is done until then waits, too.
    anna.pipeline.execute('entity.rename', { entity: box, name: 'Between' });
    for (const peer of [anna, bert]) {
      await peer.session.stop();
      peer.kill();
      peer.release = simulation.release;
      await peer.open();
    }
    await simulation.quiesce();
    expect(nameOf(bert, box)).toBe('Between');
    expect(fieldOf(bert, box, 'transform', 'position')).toEqual([1, 2, 3]);
    expect(bert.hash).toBe(anna.hash);
    expect(anna.session.tray.items).toEqual([]);
  });

  it('an older one is tried again until it is newer', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    simulation.release = { vocabulary: vocabulary - 1, schema: new Uint8Array(32).fill(1) };
    await simulation.crashServer();
    await simulation.until(
      'both are told',
      () =>
        anna.session.problem?.code === 'outdated_server' &&
        bert.session.problem?.code === 'outdated_server',
    );
    expect(anna.session.isOver).toBe(false);
    anna.pipeline.execute('entity.rename', { entity: box, name: 'Meanwhile' });
    simulation.release = {};
    await simulation.crashServer();
    await simulation.quiesce();
    expect(nameOf(bert, box)).toBe('Meanwhile');
    expect(anna.session.capabilities).toEqual(CAPABILITIES);
    expect(anna.session.capabilities).toContain(PRESENCE_HEADSET);
  });
});
