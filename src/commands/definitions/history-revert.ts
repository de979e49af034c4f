import { z } from 'zod';
import type { Component, NamedField } from '../../ecs/component.ts';
import { type Document, ORDER_FIELD } from '../../ecs/document/document.ts';
import { type EntityId, NO_ENTITY_ID } from '../../ecs/document/entity-id.ts';
import { type Stamp, sameStamp } from '../../ecs/document/stamps.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { valueProblem } from '../../ecs/validate.ts';
import { Reason, RevertDirection } from '../../protocol/generated/types.ts';
import { decodePatch, encodePatch } from '../../replication/wire/component-codec.ts';
import type { ComponentPatch } from '../../replication/wire/component-patch.ts';
import { dropComponent, stored, toPlainValue } from '../component-patch.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import { APPLIED, type Effect, PARTLY, SUPERSEDED } from '../effect.ts';
import { invalidParams } from '../params.ts';
import { refuse } from '../refusal.ts';

/** O5: what acts only where `expect` is still the writer, and gives `stamp` its place back. */
export interface Exchange {
  readonly expect: Stamp;
  readonly stamp: Stamp;
}

export interface PlaceReversion extends Exchange {
  readonly entity: EntityId;
  readonly parent: EntityId;
  readonly alive: boolean;
}

export interface ComponentReversion {
  readonly entity: EntityId;
  /** The values to give back, one for each of `fields`. */
  readonly patch: ComponentPatch;
  readonly presence?: (Exchange & { readonly present: boolean }) | undefined;
  readonly fields: readonly Exchange[];
}

export interface HistoryRevertOp {
  readonly direction: RevertDirection;
  /** The first entry of what is undone or redone. */
  readonly target: Stamp;
  readonly places: readonly PlaceReversion[];
  readonly components: readonly ComponentReversion[];
}

/** How much of a reversion found its scopes as it expects them. */
class Tally {
  acted = 0;
  skipped = 0;

  get effect(): Effect {
    if (this.acted === 0) return SUPERSEDED;
    return this.skipped === 0 ? APPLIED : PARTLY;
  }
}

export const historyRevert: CommandDefinition<Record<string, never>, HistoryRevertOp> = {
  type: 'history.revert',
  version: 1,
  ops: 'HistoryRevert1',
  summary: 'Undoes or redoes a step of its author; made by undo() and redo().',
  role: 'editor',
  scope: 'session',
  strategy: 'reject',
  durability: 'logged',
  params: z.object({}) as z.ZodType<Record<string, never>>,
  label: 'Undo',

  resolve() {
    return invalidParams('Use undo() and redo().');
  },

  apply(document, op, by) {
    checkOwnership(document, op, by);
    const tally = new Tally();
    for (const place of op.places) revertPlace(document, place, by, tally);
    for (const component of op.components) revertComponent(document, component, by, tally);
    return tally.effect;
  },

  codec: itemCodec<'HistoryRevert1', HistoryRevertOp>(
    'HistoryRevert1',
    (document, op, sites) => ({
      direction: op.direction,
      target: sites.stamp(op.target),
      places: op.places.map((place) => ({
        entity: sites.entity(place.entity),
        parent: sites.entity(place.parent),
        alive: place.alive,
        expect: sites.stamp(place.expect),
        stamp: sites.stamp(place.stamp),
      })),
      components: op.components.map(({ entity, patch, presence, fields }) => {
        const exchanges = presence === undefined ? fields : [presence, ...fields];
        return {
          entity: sites.entity(entity),
          value: encodePatch(document, patch, sites),
          presence: presence !== undefined,
          present: presence?.present ?? false,
          expects: exchanges.map(({ expect }) => sites.stamp(expect)),
          stamps: exchanges.map(({ stamp }) => sites.stamp(stamp)),
        };
      }),
    }),
    (document, item, sites) => ({
      direction: item.direction,
      target: sites.stamp(item.target),
      places: (item.places ?? []).map((place) => ({
        entity: sites.entity(place.entity),
        parent: sites.entity(place.parent),
        alive: place.alive,
        expect: sites.stamp(place.expect),
        stamp: sites.stamp(place.stamp),
      })),
      components: (item.components ?? []).map((component) => {
        const patch = decodePatch(document, component.value, sites);
        const count = patch.fields.length + (component.presence ? 1 : 0);
        if (component.expects.length !== count || component.stamps.length !== count) {
          refuse(Reason.invalidValue);
        }
        const exchanges = component.expects.map((expect, i) => ({
          expect: sites.stamp(expect),
          stamp: sites.stamp(component.stamps[i]),
        }));
        const presence = component.presence
          ? { ...(exchanges.shift() as Exchange), present: component.present }
          : undefined;
        return { entity: sites.entity(component.entity), patch, presence, fields: exchanges };
      }),
    }),
  ),
};

/**
 * O5: an undo takes back what its author wrote, a redo gives back what its author wrote; neither
 * brings a writer that is newer than itself.
 */
function checkOwnership(document: Document, op: HistoryRevertOp, by: Stamp): void {
  const author = document.sites.authorOf(by.site);
  const undo = op.direction === RevertDirection.undo;
  const exchanges: Exchange[] = [...op.places];
  for (const { presence, fields } of op.components) {
    if (presence) exchanges.push(presence);
    exchanges.push(...fields);
  }
  for (const { expect, stamp } of exchanges) {
    const own = undo ? expect : stamp;
    // A removed component leaves its fields without a writer: nobody's, and nobody's to lose.
    if (own.lamport !== 0 && document.sites.authorOf(own.site) !== author) refuse(Reason.notOwn);
    if (stamp.lamport >= by.lamport) refuse(Reason.invalidValue);
    // By the clocks alone: a merge that came late keeps the clock of whom it takes the place of (O3).
    if (undo && own.lamport !== 0 && stamp.lamport > expect.lamport) refuse(Reason.invalidValue);
  }
}

function revertPlace(document: Document, place: PlaceReversion, by: Stamp, tally: Tally): void {
  const entity = document.entityOf(place.entity) ?? refuse(Reason.noSuchEntity);
  const parent =
    place.parent === NO_ENTITY_ID
      ? NO_ENTITY
      : (document.entityOf(place.parent) ?? refuse(Reason.noSuchEntity));
  const author = document.sites.authorOf(by.site);
  const takesAway = document.isAlive(entity) && !place.alive;
  const isOthers =
    takesAway && place.stamp.lamport === 0 && document.isWrittenByOthers(entity, author);
  if (isOthers || !sameStamp(document.placeStamp(entity), place.expect)) {
    tally.skipped += 1;
    return;
  }
  if (parent !== document.parentOf(entity)) {
    if (place.alive && parent !== NO_ENTITY && !document.isAlive(parent)) {
      refuse(Reason.parentDeleted);
    }
    if (document.isWithin(parent, entity)) refuse(Reason.cycle);
  }
  document.writePlace(entity, parent, place.alive, place.stamp);
  tally.acted += 1;
}

function revertComponent(
  document: Document,
  reversion: ComponentReversion,
  by: Stamp,
  tally: Tally,
): void {
  const entity = document.entityOf(reversion.entity) ?? refuse(Reason.noSuchEntity);
  checkValues(document, reversion.patch);
  if (reversion.presence && !revertPresence(document, entity, reversion, by)) {
    tally.skipped += 1;
    return;
  }
  if (reversion.presence) tally.acted += 1;
  const { component, fields } = reversion.patch;
  if (!document.hasComponent(entity, component)) {
    if (!reversion.presence) tally.skipped += 1;
    return;
  }
  for (const [i, { field, value }] of fields.entries()) {
    const { expect, stamp } = reversion.fields[i] as Exchange;
    if (!sameStamp(document.fieldStamp(entity, component, field), expect)) {
      tally.skipped += 1;
      continue;
    }
    const named = document.components[component]!.fields[field]!;
    document.writeField(entity, component, field, stored(document, named, value), stamp);
    tally.acted += 1;
  }
}

/** Whether the component's presence was as expected and now is as it was before. */
function revertPresence(
  document: Document,
  entity: Entity,
  { patch, presence }: ComponentReversion,
  by: Stamp,
): boolean {
  const index = patch.component;
  const { present, expect, stamp } = presence as Exchange & { present: boolean };
  if (!sameStamp(document.presenceStamp(entity, index), expect)) return false;
  if (present) {
    document.writePresence(entity, index, true, stamp);
    return true;
  }
  const author = document.sites.authorOf(by.site);
  const component = document.components[index] as Component;
  for (const field of component.fields) {
    const writer = document.fieldStamp(entity, index, field.index);
    if (writer.lamport !== 0 && document.sites.authorOf(writer.site) !== author) return false;
  }
  dropComponent(document, entity, index, stamp);
  return true;
}

function checkValues(document: Document, patch: ComponentPatch): void {
  const component = document.components[patch.component] as Component;
  const isHierarchy = patch.component === document.hierarchyIndex;
  if (component.managed && !isHierarchy) refuse(Reason.unknownComponent);
  for (const { field, value } of patch.fields) {
    if (isHierarchy && field !== ORDER_FIELD) refuse(Reason.invalidValue);
    const named = component.fields[field] as NamedField;
    const plain = toPlainValue(named, value);
    if (plain === undefined || valueProblem(named, plain) !== undefined)
      refuse(Reason.invalidValue);
  }
}
