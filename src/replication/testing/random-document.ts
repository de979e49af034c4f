import fc from 'fast-check';
import type { Document } from '../../ecs/document/document.ts';
import { entityId } from '../../ecs/document/entity-id.ts';
import { Journal } from '../../ecs/document/journal.ts';
import type { Stamp } from '../../ecs/document/stamps.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';

const AUTHORS = ['00aa00aa00aa00aa', '11bb11bb11bb11bb', 'ffcc00ffcc00ffcc'];
const COMPONENTS = ['transform', 'name', 'material', 'primitive', 'light', 'flags', 'materialLink'];

/** One write of somebody, by numbers that are taken modulo what there is. */
export interface RandomWrite {
  readonly author: number;
  readonly kind: 'create' | 'place' | 'add' | 'remove' | 'field';
  readonly at: number;
  readonly to: number;
  readonly component: number;
  readonly value: number;
}

export const randomWrites: fc.Arbitrary<RandomWrite[]> = fc.array(
  fc.record({
    author: fc.nat(AUTHORS.length - 1),
    kind: fc.constantFrom('create', 'create', 'place', 'add', 'remove', 'field', 'field'),
    at: fc.nat(50),
    to: fc.nat(50),
    component: fc.nat(COMPONENTS.length - 1),
    value: fc.float({ noNaN: true, noDefaultInfinity: true }),
  }) as fc.Arbitrary<RandomWrite>,
  { minLength: 1, maxLength: 40 },
);

/** Carries out one write as the `seq`-th of a document; returns what it found. */
export function carryOut(document: Document, write: RandomWrite, seq: number): Journal {
  const journal = new Journal();
  const author = AUTHORS[write.author] as string;
  const by: Stamp = { lamport: seq, site: document.sites.intern(author, write.author) };
  const entities = [...document.entities()];
  const entity = entities[write.at % Math.max(1, entities.length)];
  const other = entities[write.to % Math.max(1, entities.length)] ?? NO_ENTITY;
  document.journal = journal;
  if (entity === undefined || write.kind === 'create') {
    document.create(entityId(by.site, seq), other, `a${write.to}`, by);
  } else if (write.kind === 'place') {
    const parent = document.isWithin(other, entity) ? NO_ENTITY : other;
    document.writePlace(entity, parent, write.value > 0, by);
  } else writeComponent(document, entity, write, by);
  document.journal = undefined;
  return journal;
}

function writeComponent(document: Document, entity: Entity, write: RandomWrite, by: Stamp): void {
  const index = document.componentIndex(COMPONENTS[write.component] as string) as number;
  const { fields } = document.components[index] as Document['components'][number];
  if (write.kind !== 'field' || !document.hasComponent(entity, index)) {
    // As commands do: what a component held must have been recorded before it goes.
    for (const field of document.hasComponent(entity, index) ? fields : []) {
      const held = document.fieldValue(entity, index, field.index);
      document.writeField(entity, index, field.index, held, by);
    }
    document.writePresence(entity, index, write.kind !== 'remove', by);
    return;
  }
  const field = fields[write.to % fields.length] as (typeof fields)[number];
  const before = document.fieldValue(entity, index, field.index);
  const last = [...document.entities()].at(-1) as Entity;
  const text = field.kind === 'hash' ? 'ab'.repeat(32) : `n${write.at}`;
  const number = field.kind === 'f32' ? write.value : field.kind === 'entity' ? last : 1;
  const value = typeof before === 'string' ? text : before.map(() => number);
  document.writeField(entity, index, field.index, value, by);
}
