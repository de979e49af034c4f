import type { Issued } from '../../src/commands/pipeline.ts';
import { Asset } from '../../src/ecs/components/index.ts';
import type { Document } from '../../src/ecs/document/document.ts';
import { ThetaError } from '../../src/shared/errors.ts';
import type { Random } from '../../src/shared/random.ts';
import type { SimPeer } from './sim-peer.ts';

/** Somebody with a session, who keeps what comes of his commands. */
export interface Doer {
  readonly session: Pick<SimPeer['session'], 'pipeline' | 'document'>;
  does(issued: Issued | undefined): unknown;
}

type Execute = (type: string, params: unknown) => unknown;

/** What a replica may rightly refuse at once, of a command that fits no more. */
const EXPECTED = new Set(['invalid_params', 'role', 'scope_changed', 'parent_deleted', 'cycle']);

/** Ids of the living entities of a document, in an order that is the same on every run. */
export function livingIds(document: Document): string[] {
  const ids: string[] = [];
  for (const entity of document.entities()) {
    if (document.isAlive(entity) && !document.world.has(entity, Asset)) {
      ids.push(document.formatId(document.idOf(entity)));
    }
  }
  return ids.sort();
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)] as T;
}

function vector(random: Random): [number, number, number] {
  return [random.next() * 10 - 5, random.next() * 10 - 5, random.below(3) - 1];
}

function quaternion(random: Random): number[] {
  return [random.next() - 0.5, random.next() - 0.5, random.next() - 0.5, random.next() + 0.1];
}

function componentValue(random: Random): { component: string; value: unknown } {
  switch (random.below(4)) {
    case 0:
      return { component: 'primitive', value: { kind: pick(random, ['box', 'sphere', 'cone']) } };
    case 1:
      return { component: 'light', value: { intensity: random.next() * 9, castShadow: true } };
    case 2:
      return { component: 'flags', value: { hidden: random.below(2) === 0 } };
    default:
      return { component: pick(random, ['primitive', 'light', 'flags']), value: null };
  }
}

function place(random: Random, ids: readonly string[]): Record<string, string> {
  if (random.below(2) === 0) return {};
  return { [pick(random, ['before', 'after'])]: pick(random, ids) };
}

/** One command of any type on entities of this document; its name and parameters. */
function randomCommand(random: Random, ids: readonly string[]): [type: string, params: unknown] {
  if (ids.length === 0 || random.below(8) === 0) {
    const parent = ids.length > 0 && random.below(2) === 0 ? pick(random, ids) : null;
    const components = random.below(2) === 0 ? { primitive: { kind: 'torus' } } : {};
    return ['entity.create', { name: `n${random.below(99)}`, parent, components }];
  }
  const entity = pick(random, ids);
  switch (random.below(13)) {
    case 0:
      return ['entity.delete', { entities: [entity] }];
    case 1:
      return ['entity.duplicate', { entities: [entity] }];
    case 2:
      return ['entity.rename', { entity, name: `r${random.below(99)}` }];
    case 3:
    case 4: {
      const parent = random.below(3) === 0 ? null : pick(random, ids);
      return ['entity.reparent', { entity, parent, ...place(random, ids) }];
    }
    case 5:
      return ['entity.reorder', { entity, ...place(random, ids) }];
    case 6:
    case 7:
      return ['transform.set', { entity, position: vector(random), rotation: quaternion(random) }];
    case 8:
      return ['transform.translate', { entity, offset: vector(random) }];
    case 9:
      return ['transform.rotate', { entity, rotation: quaternion(random) }];
    case 10:
      return ['transform.scale', { entity, factor: [1 + random.next(), 1, 0.5] }];
    case 11:
      return ['material.set', { entity, metalness: random.next(), doubleSided: true }];
    default:
      return ['component.set', { entity, ...componentValue(random) }];
  }
}

function executeOne(random: Random, document: Document, execute: Execute): string {
  const [type, params] = randomCommand(random, livingIds(document));
  try {
    execute(type, params);
    return `${type} ${JSON.stringify(params)}`;
  } catch (thrown) {
    if (!(thrown instanceof ThetaError && EXPECTED.has(thrown.code))) throw thrown;
    return `${type} ${JSON.stringify(params)}: ${thrown.code}`;
  }
}

/** Lets a peer do something, and says what it was. */
export function doSomething(random: Random, peer: Doer): string {
  const { pipeline, document } = peer.session;
  const chance = random.next();
  if (chance < 0.14) return `undo ${peer.does(pipeline.undo()) !== undefined}`;
  if (chance < 0.22) return `redo ${peer.does(pipeline.redo()) !== undefined}`;
  if (chance < 0.36) {
    const said: string[] = [];
    const issued = pipeline.transaction('Several', (builder) => {
      for (let i = 2 + random.below(4); i > 0; i--) {
        said.push(executeOne(random, document, (type, params) => builder.execute(type, params)));
      }
    });
    void peer.does(issued);
    return `transaction of ${said.join(' + ')}`;
  }
  if (chance < 0.37) return makeMany(random, peer);
  return executeOne(random, document, (type, params) => peer.does(pipeline.execute(type, params)));
}

/** D5: one step whose entries are too many for a packet, and travel as a blob. */
function makeMany(random: Random, peer: Doer): string {
  const count = 300 + random.below(200);
  const issued = peer.session.pipeline.transaction('Many', (builder) => {
    for (let i = 0; i < count; i++)
      builder.execute('entity.create', {
        name: `m${i}`,
        components: { primitive: { kind: 'box' } },
      });
  });
  void peer.does(issued);
  return `transaction of ${count} entity.create`;
}

/** Lets a peer show where it looks, as a datagram. */
export function showPresence(random: Random, peer: SimPeer): void {
  peer.session.sendPresence({
    tick: Math.trunc(peer.clock.now()),
    fov: 50,
    cursor: { x: random.next(), y: 0, z: random.next() },
  });
}
