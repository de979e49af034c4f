import { describe, expect, it } from 'vitest';
import { Asset } from '../../src/ecs/components/index.ts';
import { Document } from '../../src/ecs/document/document.ts';
import type { Entity } from '../../src/ecs/entity.ts';
import { encodeDocument } from '../../src/replication/document-codec.ts';
import { loadDocument } from '../../src/replication/document-loader.ts';
import { seededRandom } from '../../src/shared/random.ts';
import { doSomething } from './random-commands.ts';
import type { SimPeer } from './sim-peer.ts';
import { Simulation } from './simulation.ts';
import { create, goOffline, isAlive, nameOf, twoPeople } from './two-people.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** A document as it is now, apart from the one that goes on. */
function copyOf(document: Document): Document {
  const copy = new Document();
  loadDocument(copy, encodeDocument(document));
  copy.sweep();
  return copy;
}

/** What people see: living objects, where they stand and what they are, by their ids. */
function sceneOf(document: Document): Record<string, unknown> {
  const scene: Record<string, unknown> = {};
  const nameOfHandle = (entity: Entity): string => document.formatId(document.idOf(entity));
  for (const entity of document.entities()) {
    if (!document.isAlive(entity) || document.world.has(entity, Asset)) continue;
    const components = document.components.flatMap((component, index) => {
      if (component.managed || !document.hasComponent(entity, index)) return [];
      const values = component.fields.map((field) => {
        const value = document.fieldValue(entity, index, field.index);
        return field.kind === 'entity' ? nameOfHandle((value as Entity[])[0] as Entity) : value;
      });
      return [[component.name, values]];
    });
    scene[nameOfHandle(entity)] = {
      parent: nameOfHandle(document.parentOf(entity)),
      order: document.orderOf(entity),
      components,
    };
  }
  return scene;
}

function restore(peer: SimPeer, past: Document, seq: number): ReturnType<SimPeer['does']> {
  return peer.does(peer.pipeline.execute('history.restore', { seq, past }));
}

async function edits(simulation: Simulation, peers: readonly SimPeer[], seed: number) {
  const random = seededRandom(seed);
  for (let i = 0; i < 60; i++) {
    doSomething(random, peers[i % peers.length] as SimPeer);
    await simulation.run(150);
  }
  await simulation.quiesce();
}

describe('D4: a past state is restored by one command', () => {
  it.each(SEEDS)('whatever two authors did since, and undone again (seed %i)', async (seed) => {
    const simulation = await Simulation.create(seed, { snapshotEvery: 7 });
    const anna = await simulation.peer({ author: 'anna' });
    const bert = await simulation.peer({ author: 'bert' });
    await simulation.quiesce();
    await edits(simulation, [anna, bert], seed);
    const past = copyOf(anna.session.document);
    const seq = anna.session.seq;
    await edits(simulation, [anna, bert], seed + 1000);
    const before = sceneOf(anna.session.document);
    expect(before).not.toEqual(sceneOf(past));
    const outcome = restore(anna, past, seq);
    await simulation.quiesce();
    expect(await outcome).toMatchObject({ status: 'accepted' });
    expect(sceneOf(bert.session.document)).toEqual(sceneOf(past));
    expect(bert.hash).toBe(anna.hash);
    expect(await simulation.serverHash()).toBe(anna.hash);
    anna.pipeline.undo();
    await simulation.quiesce();
    // O5: what had been made and undone, and bears others' writes, stays when its revival is undone.
    expect(sceneOf(bert.session.document)).toMatchObject(before);
    expect(await simulation.serverHash()).toBe(anna.hash);
  });

  it('is nothing where the scene is as it was', async () => {
    const { anna } = await twoPeople();
    const issued = anna.pipeline.execute('history.restore', {
      seq: 1,
      past: copyOf(anna.session.document),
    });
    expect(await issued.outcome).toMatchObject({ status: 'nothing' });
  });

  it('leaves alone what somebody makes meanwhile, and yields to who moves first', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const past = copyOf(anna.session.document);
    const later = create(anna);
    await simulation.quiesce();
    const meanwhile = create(bert);
    const restored = restore(anna, past, 1);
    await simulation.quiesce();
    expect(await restored).toMatchObject({ status: 'accepted' });
    expect([later, meanwhile, box].map((id) => isAlive(bert, id))).toEqual([false, true, true]);
    goOffline(anna);
    const refused = restore(anna, past, 1);
    bert.pipeline.execute('entity.delete', { entities: [meanwhile] });
    await simulation.run(500);
    await simulation.quiesce();
    expect(await refused).toMatchObject({ status: 'rejected', code: 'scope_changed' });
    expect(anna.hash).toBe(bert.hash);
  });

  it('D5: travels as a blob when it is large', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const many = Array.from({ length: 300 }, (_, i) => create(anna, { name: `Box ${i}` }));
    await simulation.quiesce();
    const past = copyOf(anna.session.document);
    anna.pipeline.execute('entity.delete', { entities: [...many, box] });
    await simulation.quiesce();
    const restored = restore(anna, past, 301);
    await simulation.quiesce();
    expect(await restored).toMatchObject({ status: 'accepted' });
    expect(many.every((id) => isAlive(bert, id))).toBe(true);
    expect(nameOf(bert, many[7] as string)).toBe('Box 7');
  });

  it('a version has a name in the log, and is no step to undo', async () => {
    const { simulation, anna, bert } = await twoPeople();
    const { hash } = bert;
    const { seq } = anna.session;
    const { undoLabel } = anna.pipeline.history;
    const named = anna.pipeline.execute('version.name', { seq: 1, name: 'First draft' });
    await simulation.quiesce();
    expect(await named.outcome).toMatchObject({ status: 'accepted', seq: seq + 1 });
    expect(anna.pipeline.history.undoLabel).toBe(undoLabel);
    expect(bert.hash).toBe(hash);
    const long = { seq: 1, name: 'é'.repeat(200) };
    expect(() => anna.pipeline.execute('version.name', long)).toThrow('256 bytes');
  });
});
