import type { Document } from '../ecs/document/document.ts';
import type { BeforeImage, Journal } from '../ecs/document/journal.ts';
import { NO_STAMP, type Stamp } from '../ecs/document/stamps.ts';
import type { Entity } from '../ecs/entity.ts';
import type { RevertDirection } from '../protocol/generated/types.ts';
import { portable } from './component-patch.ts';
import type {
  ComponentReversion,
  Exchange,
  HistoryRevertOp,
  PlaceReversion,
} from './definitions/history-revert.ts';

/** What a transaction found in a scope before its first write, and the last writer it left there. */
interface ScopeChange {
  readonly image: BeforeImage;
  last: Stamp;
}

/**
 * O5: the operation that takes a transaction back, from what its writes found. An undo has a journal
 * of its own when it is applied, and what takes that back is the redo.
 *
 * @param target the first entry of the transaction
 */
export function reversionOf(
  document: Document,
  journal: Journal,
  direction: RevertDirection,
  target: Stamp,
): HistoryRevertOp {
  const changes = collectChanges(journal);
  const places: PlaceReversion[] = [];
  const components = new Map<string, MutableReversion>();
  // The last change is taken back first: a parent that was made last goes last.
  for (const { image, last } of [...changes.values()].reverse()) {
    if (image.kind === 'created') places.push(removalOf(document, image.entity, last));
    else if (image.kind === 'place') {
      places.push({
        entity: document.idOf(image.entity),
        parent: document.idOf(image.parent),
        alive: image.alive,
        expect: last,
        stamp: image.stamp,
      });
    } else gather(document, components, image, last);
  }
  return { direction, target, places, components: [...components.values()].map(inFieldOrder) };
}

function collectChanges(journal: Journal): Map<string, ScopeChange> {
  const changes = new Map<string, ScopeChange>();
  const created = new Set<Entity>();
  for (const image of journal.scoped) {
    if (image.kind === 'created') created.add(image.entity);
    const key = scopeKey(image);
    const known = changes.get(key);
    if (known) known.last = image.by;
    // What was written into an entity goes with it when its creation is undone.
    else if (image.kind === 'created' || !created.has(image.entity)) {
      changes.set(key, { image, last: image.by });
    }
  }
  return changes;
}

/** One name for a scope; an entity's creation and its later moves are one. */
function scopeKey(image: BeforeImage): string {
  if (image.kind === 'created' || image.kind === 'place') return `${image.entity}`;
  const field = image.kind === 'field' ? image.field : 'presence';
  return `${image.entity} ${image.component} ${field}`;
}

function removalOf(document: Document, entity: Entity, last: Stamp): PlaceReversion {
  return {
    entity: document.idOf(entity),
    parent: document.idOf(document.parentOf(entity)),
    alive: false,
    expect: last,
    stamp: NO_STAMP,
  };
}

interface MutableReversion {
  readonly entity: ComponentReversion['entity'];
  readonly component: number;
  presence: ComponentReversion['presence'];
  readonly fields: { field: number; value: readonly number[] | string; exchange: Exchange }[];
}

function gather(
  document: Document,
  components: Map<string, MutableReversion>,
  image: Extract<BeforeImage, { kind: 'presence' | 'field' }>,
  last: Stamp,
): void {
  const key = `${image.entity} ${image.component}`;
  let reversion = components.get(key);
  if (reversion === undefined) {
    const entity = document.idOf(image.entity);
    reversion = { entity, component: image.component, presence: undefined, fields: [] };
    components.set(key, reversion);
  }
  const exchange = { expect: last, stamp: image.stamp };
  if (image.kind === 'presence') reversion.presence = { ...exchange, present: image.present };
  else {
    const field = document.components[image.component]!.fields[image.field]!;
    const value = portable(document, field, image.value);
    reversion.fields.push({ field: image.field, value, exchange });
  }
}

function inFieldOrder({
  entity,
  component,
  presence,
  fields,
}: MutableReversion): ComponentReversion {
  // Where the component goes, its fields go with it.
  const kept = presence?.present === false ? [] : fields.sort((a, b) => a.field - b.field);
  return {
    entity,
    patch: { component, fields: kept.map(({ field, value }) => ({ field, value })) },
    presence,
    fields: kept.map(({ exchange }) => exchange),
  };
}
