import { z } from 'zod';
import type { Document } from '../../ecs/document/document.ts';
import {
  counterOf,
  type EntityId,
  entityId,
  MAX_COUNTER,
  NO_ENTITY_ID,
} from '../../ecs/document/entity-id.ts';
import type { Stamp } from '../../ecs/document/stamps.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { Reason } from '../../protocol/generated/types.ts';
import { type CommandDefinition, itemCodec, type ResolveContext } from '../definition.ts';
import { APPLIED } from '../effect.ts';
import { isOrderKey, keysAt } from '../order-keys.ts';
import { entityRef, toLivingEntity } from '../params.ts';
import { refuse } from '../refusal.ts';
import { subtrees } from './entity-delete.ts';

const params = z.object({ entities: z.array(entityRef).min(1) });

/** Copies a subtree: the i-th source becomes the author's entity `first + i`. */
export interface EntityDuplicateOp {
  readonly sources: readonly EntityId[];
  readonly first: number;
  readonly parent: EntityId;
  readonly order: string;
}

export const entityDuplicate: CommandDefinition<z.infer<typeof params>, EntityDuplicateOp> = {
  type: 'entity.duplicate',
  version: 1,
  ops: 'EntityDuplicate1',
  summary: 'Copies entities with everything below them, each next to its original.',
  role: 'editor',
  scope: 'session',
  strategy: 'merge',
  durability: 'logged',
  params,
  label: 'Duplicate',

  resolve({ entities }, context) {
    const { document } = context;
    const chosen = new Set(entities.map((ref) => toLivingEntity(document, ref)));
    // What is copied with its parent is not copied again.
    const roots = [...chosen].filter((entity) => !hasAncestorIn(document, entity, chosen));
    const ops = roots.map((root) => duplicateOf(root, context));
    const copies = ops.map((op) => document.formatId(entityId(context.site, op.first)));
    return { ops, result: { entities: copies } };
  },

  apply(document, op, by) {
    const sources = op.sources.map((id) => document.entityOf(id) ?? refuse(Reason.noSuchEntity));
    const parent =
      op.parent === NO_ENTITY_ID
        ? NO_ENTITY
        : (document.entityOf(op.parent) ?? refuse(Reason.noSuchEntity));
    if (!isOrderKey(op.order) || op.first < 1 || op.first + sources.length > MAX_COUNTER) {
      refuse(Reason.invalidValue);
    }
    if (new Set(sources).size !== sources.length) refuse(Reason.invalidValue);
    for (let i = 0; i < sources.length; i++) {
      if (document.entityOf(entityId(by.site, op.first + i)) !== undefined) {
        refuse(Reason.entityExists);
      }
    }
    copyEntities(document, sources, parent, op, by);
    return APPLIED;
  },

  codec: itemCodec<'EntityDuplicate1', EntityDuplicateOp>(
    'EntityDuplicate1',
    (_document, op, sites) => ({
      sources: op.sources.map((id) => sites.entity(id)),
      first: op.first,
      parent: sites.entity(op.parent),
      order: op.order,
    }),
    (_document, item, sites) => ({
      sources: item.sources.map((id) => sites.entity(id)),
      first: item.first,
      parent: sites.entity(item.parent),
      order: item.order,
    }),
  ),
};

function hasAncestorIn(document: Document, entity: Entity, chosen: ReadonlySet<Entity>): boolean {
  let parent = document.effectiveParent(entity);
  while (parent !== NO_ENTITY && !chosen.has(parent)) parent = document.effectiveParent(parent);
  return parent !== NO_ENTITY;
}

function duplicateOf(root: Entity, { document, mint }: ResolveContext): EntityDuplicateOp {
  const sources = subtrees(document, [root]);
  const [order = ''] = keysAt(document, document.effectiveParent(root), { after: root }, 1);
  const ids = sources.map(() => mint());
  return {
    sources: sources.map((entity) => document.idOf(entity)),
    first: counterOf(ids[0] as EntityId),
    // As it is written, though that be a tombstone, whose transform counts (O7).
    parent: document.idOf(document.parentOf(root)),
    order,
  };
}

function copyEntities(
  document: Document,
  sources: readonly Entity[],
  parent: Entity,
  op: EntityDuplicateOp,
  by: Stamp,
): void {
  const copies = new Map<Entity, Entity>();
  for (const [i, source] of sources.entries()) {
    const copiedParent =
      i === 0 ? parent : (copies.get(document.effectiveParent(source)) ?? parent);
    const order = i === 0 ? op.order : document.orderOf(source);
    const copy = document.create(entityId(by.site, op.first + i), copiedParent, order, by);
    copies.set(source, copy);
    copyComponents(document, source, copy, by);
  }
}

function copyComponents(document: Document, source: Entity, copy: Entity, by: Stamp): void {
  for (const [index, component] of document.components.entries()) {
    if (index === document.hierarchyIndex || !document.hasComponent(source, index)) continue;
    document.writePresence(copy, index, true, by);
    for (const field of component.fields) {
      document.writeField(
        copy,
        index,
        field.index,
        document.fieldValue(source, index, field.index),
        by,
      );
    }
  }
}
