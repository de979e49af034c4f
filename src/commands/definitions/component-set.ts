import { z } from 'zod';
import type { Component } from '../../ecs/component.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { EntityId } from '../../ecs/document/entity-id.ts';
import type { Stamp } from '../../ecs/document/stamps.ts';
import { type ComponentSetItem, Reason } from '../../protocol/generated/types.ts';
import { decodePatch, encodePatch } from '../../replication/wire/component-codec.ts';
import type { ComponentPatch } from '../../replication/wire/component-patch.ts';
import type { SiteReader, SiteWriter } from '../../replication/wire/site-codec.ts';
import { checkPatch, patchFromPlain, removeComponent, setComponent } from '../component-patch.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import type { Effect } from '../effect.ts';
import { entityRef, invalidParams, toLivingEntity } from '../params.ts';
import { refuse } from '../refusal.ts';

const params = z.object({
  entity: entityRef,
  component: z.string(),
  value: z.record(z.string(), z.unknown()).nullable().describe('null removes the component'),
});

export interface ComponentSetOp {
  readonly entity: EntityId;
  readonly patch: ComponentPatch;
  readonly remove: boolean;
}

export const componentSet: CommandDefinition<z.infer<typeof params>, ComponentSetOp> = {
  type: 'component.set',
  version: 1,
  ops: 'ComponentSet1',
  summary: 'Sets fields of a component, adding it where it is missing, or removes it.',
  role: 'editor',
  scope: 'component',
  strategy: 'lww',
  durability: 'logged',
  params,
  label: 'Edit',

  resolve({ entity: ref, component, value }, { document }) {
    const entity = toLivingEntity(document, ref);
    const patch = patchFromPlain(document, component, value ?? {});
    if (component === 'transform' && value === null) {
      invalidParams('Every object has a transform.');
    }
    return { ops: [{ entity: document.idOf(entity), patch, remove: value === null }] };
  },

  apply: applyComponentSet,
  codec: itemCodec<'ComponentSet1', ComponentSetOp>(
    'ComponentSet1',
    encodeComponentSet,
    decodeComponentSet,
  ),
};

export function applyComponentSet(document: Document, op: ComponentSetOp, by: Stamp): Effect {
  const entity = document.entityOf(op.entity) ?? refuse(Reason.noSuchEntity);
  checkPatch(document, op.patch);
  if (!op.remove) return setComponent(document, entity, op.patch, by);
  const component = document.components[op.patch.component] as Component;
  if (component.name === 'transform') refuse(Reason.invalidValue);
  return removeComponent(document, entity, op.patch.component, by);
}

export function encodeComponentSet(
  document: Document,
  op: ComponentSetOp,
  sites: SiteWriter,
): ComponentSetItem {
  return {
    entity: sites.entity(op.entity),
    value: encodePatch(document, op.patch, sites),
    remove: op.remove,
  };
}

export function decodeComponentSet(
  document: Document,
  item: ComponentSetItem,
  sites: SiteReader,
): ComponentSetOp {
  return {
    entity: sites.entity(item.entity),
    patch: decodePatch(document, item.value, sites),
    remove: item.remove,
  };
}
