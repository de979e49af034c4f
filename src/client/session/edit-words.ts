import type { Entry } from '../../commands/entries.ts';
import { Name } from '../../ecs/components/index.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { EntityId } from '../../ecs/document/entity-id.ts';
import type { Stamp } from '../../ecs/document/stamps.ts';

/** Operations name what they touch by these. */
interface Named {
  readonly entity?: EntityId;
  readonly places?: readonly Named[];
  readonly components?: readonly Named[];
}

/** A step as its author knows it: what was done, and to which objects: `Move Lamp and 2 more`. */
export function describeStep(
  document: Document,
  label: string,
  entries: readonly Pick<Entry, 'op'>[],
): string {
  const entities = new Set(entries.flatMap(({ op }) => entitiesOf(op)));
  const names = [...entities].flatMap((id) => nameOf(document, id) ?? []);
  const [first] = names;
  if (first === undefined) return label;
  const more = entities.size - 1;
  return more === 0 ? `${label} ${first}` : `${label} ${first} and ${more} more`;
}

function entitiesOf(op: unknown): EntityId[] {
  if (typeof op !== 'object' || op === null || op instanceof Error) return [];
  const { entity, places = [], components = [] } = op as Named;
  const below = [...places, ...components].flatMap(entitiesOf);
  return entity === undefined ? below : [entity, ...below];
}

function nameOf(document: Document, id: EntityId): string | undefined {
  const entity = document.entityOf(id);
  if (entity === undefined || !document.world.has(entity, Name)) return undefined;
  return document.world.get(entity, Name)?.value || undefined;
}

/** An operation as plain JSON: ids and stamps in their text forms. */
export function plainOperation(document: Document, op: unknown): unknown {
  return plain(document, '', op);
}

const IDS = new Set(['entity', 'parent']);

function plain(document: Document, key: string, value: unknown): unknown {
  if (IDS.has(key) && typeof value === 'number') {
    return value === 0 ? null : document.formatId(value as EntityId);
  }
  if (Array.isArray(value)) return value.map((each) => plain(document, key, each));
  if (ArrayBuffer.isView(value)) return [...(value as Float32Array)];
  if (value instanceof Error) return { refused: value.message };
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if ('lamport' in value && 'site' in value && typeof value.site === 'number') {
    const { lamport, site } = value as Stamp;
    return `${lamport}-${document.sites.authorOf(site)}-${document.sites.replicaOf(site)}`;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, plain(document, name, each)]),
  );
}
