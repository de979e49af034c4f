import { z } from 'zod';
import { Hierarchy } from '../../ecs/components/index.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { EntityId } from '../../ecs/document/entity-id.ts';
import { type Stamp, sameStamp } from '../../ecs/document/stamps.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { Reason } from '../../protocol/generated/types.ts';
import { MAX_BLOB_ENTRIES } from '../../protocol/limits.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import { APPLIED } from '../effect.ts';
import { entityRef, invalidParams, toLivingEntity } from '../params.ts';
import { refuse } from '../refusal.ts';

const params = z.object({ entities: z.array(entityRef).min(1) });

export interface EntityDeleteOp {
  readonly places: readonly { readonly entity: EntityId; readonly expect: Stamp }[];
}

export const entityDelete: CommandDefinition<z.infer<typeof params>, EntityDeleteOp> = {
  type: 'entity.delete',
  version: 1,
  ops: 'EntityDelete1',
  summary: 'Deletes entities and everything below them.',
  role: 'editor',
  scope: 'place',
  strategy: 'reject',
  durability: 'logged',
  params,
  label: 'Delete',

  resolve({ entities }, { document }) {
    const roots = entities.map((ref) => toLivingEntity(document, ref));
    const places = subtrees(document, roots).map((entity) => ({
      entity: document.idOf(entity),
      expect: document.placeStamp(entity),
    }));
    if (places.length > MAX_BLOB_ENTRIES) invalidParams('This is too much to delete in one step.');
    return { ops: [{ places }] };
  },

  apply(document, op, by) {
    const seen = new Set<EntityId>();
    for (const { entity: id, expect } of op.places) {
      const entity = document.entityOf(id) ?? refuse(Reason.noSuchEntity);
      const current = document.isAlive(entity) && sameStamp(document.placeStamp(entity), expect);
      if (!current || seen.has(id)) refuse(Reason.scopeChanged);
      seen.add(id);
    }
    for (const { entity: id } of op.places) {
      const entity = document.entityOf(id) as Entity;
      document.writePlace(entity, document.parentOf(entity), false, by);
    }
    return APPLIED;
  },

  renew: (document, { places }) => ({
    places: places.map(({ entity: id, expect }) => {
      const entity = document.entityOf(id);
      return { entity: id, expect: entity === undefined ? expect : document.placeStamp(entity) };
    }),
  }),

  codec: itemCodec<'EntityDelete1', EntityDeleteOp>(
    'EntityDelete1',
    (_document, op, sites) => ({
      places: op.places.map(({ entity, expect }) => ({
        entity: sites.entity(entity),
        expect: sites.stamp(expect),
      })),
    }),
    (_document, item, sites) => ({
      places: item.places.map(({ entity, expect }) => ({
        entity: sites.entity(entity),
        expect: sites.stamp(expect),
      })),
    }),
  ),
};

/** The living entities at and below the given ones, parents before children, each once. */
export function subtrees(document: Document, roots: readonly Entity[]): Entity[] {
  const children = new Map<Entity, Entity[]>();
  document.world.query({ all: [Hierarchy] }).forEach((entity) => {
    if (!document.isAlive(entity)) return;
    const parent = document.effectiveParent(entity);
    if (parent === NO_ENTITY) return;
    const siblings = children.get(parent);
    if (siblings) siblings.push(entity);
    else children.set(parent, [entity]);
  });
  const found = new Set<Entity>();
  const open = [...roots].reverse();
  for (let entity = open.pop(); entity !== undefined; entity = open.pop()) {
    if (found.has(entity)) continue;
    found.add(entity);
    open.push(...(children.get(entity) ?? []));
  }
  return [...found];
}
