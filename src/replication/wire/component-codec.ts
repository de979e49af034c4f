import type { Component, NamedField } from '../../ecs/component.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { EntityId } from '../../ecs/document/entity-id.ts';
import type { FieldValue } from '../../ecs/document/journal.ts';
import type {
  ComponentId,
  ComponentValue,
  EntityId as WireEntityId,
} from '../../protocol/generated/types.ts';
import { type Bytes, fromHex, toHex } from '../../shared/bytes.ts';
import type { ComponentPatch } from './component-patch.ts';
import type { SiteReader, SiteWriter } from './site-codec.ts';
import { wireFault } from './wire-fault.ts';

const DIGEST_BYTES = 32;
const NO_DIGEST = '0'.repeat(2 * DIGEST_BYTES);

/** Which vector of a `ComponentValue` or `Column` a field's values stand in. */
export type Lane = 'floats' | 'doubles' | 'integers' | 'texts' | 'digests' | 'entities';

export function laneOf(field: NamedField): Lane {
  switch (field.kind) {
    case 'f32':
    case 'vec2':
    case 'vec3':
    case 'vec4':
    case 'quat':
    case 'color':
      return 'floats';
    case 'f64':
      return 'doubles';
    case 'text':
      return 'texts';
    case 'hash':
      return 'digests';
    case 'entity':
      return 'entities';
    default:
      return 'integers';
  }
}

/** The 64-bit id of a component as the wire has it. */
export function componentIdOf(component: Component): ComponentId {
  return {
    high: Number.parseInt(component.id.slice(0, 8), 16),
    low: Number.parseInt(component.id.slice(8), 16),
  };
}

const indices = new WeakMap<readonly Component[], Map<string, number>>();

/** Index in the document's components, or undefined for an id that it does not know. */
export function componentIndexOf(document: Document, id: ComponentId): number | undefined {
  let known = indices.get(document.components);
  if (known === undefined) {
    known = new Map(document.components.map((component, index) => [component.id, index]));
    indices.set(document.components, known);
  }
  const hex = (word: number): string => word.toString(16).padStart(8, '0');
  return known.get(hex(id.high) + hex(id.low));
}

export function digestToBytes(hex: string): Bytes {
  return fromHex(hex === '' ? NO_DIGEST : hex) ?? new Uint8Array(DIGEST_BYTES);
}

export function digestToHex(bytes: Uint8Array): string {
  return bytes.every(isZero) ? '' : toHex(bytes);
}

function isZero(byte: number): boolean {
  return byte === 0;
}

interface Lanes {
  floats: number[];
  doubles: number[];
  integers: number[];
  texts: string[];
  digests: Bytes[];
  entities: WireEntityId[];
}

export function encodePatch(
  document: Document,
  patch: ComponentPatch,
  sites: SiteWriter,
): ComponentValue {
  const component = document.components[patch.component] as Component;
  const lanes: Lanes = {
    floats: [],
    doubles: [],
    integers: [],
    texts: [],
    digests: [],
    entities: [],
  };
  let mask = 0;
  const ordered = [...patch.fields].sort((a, b) => a.field - b.field);
  for (const { field, value } of ordered) {
    mask |= 1 << field;
    put(lanes, component.fields[field] as NamedField, value, sites);
  }
  return {
    component: componentIdOf(component),
    fields: mask >>> 0,
    ...(lanes.floats.length > 0 && { floats: Float32Array.from(lanes.floats) }),
    ...(lanes.doubles.length > 0 && { doubles: Float64Array.from(lanes.doubles) }),
    ...(lanes.integers.length > 0 && { integers: Int32Array.from(lanes.integers) }),
    ...(lanes.texts.length > 0 && { texts: lanes.texts }),
    ...(lanes.digests.length > 0 && { digests: lanes.digests }),
    ...(lanes.entities.length > 0 && { entities: lanes.entities }),
  };
}

function put(lanes: Lanes, field: NamedField, value: FieldValue, sites: SiteWriter): void {
  const lane = laneOf(field);
  if (lane === 'texts') lanes.texts.push(value as string);
  else if (lane === 'digests') lanes.digests.push(digestToBytes(value as string));
  else if (lane === 'entities') {
    lanes.entities.push(sites.entity((value as readonly number[])[0] as EntityId));
  } else lanes[lane].push(...(value as readonly number[]));
}

/**
 * The patch that a `ComponentValue` carries.
 * @throws {WireFault} `unknown_component`; `invalid_value` when it has more or fewer values than its
 * fields take
 */
export function decodePatch(
  document: Document,
  value: ComponentValue,
  sites: SiteReader,
): ComponentPatch {
  const index = componentIndexOf(document, value.component);
  if (index === undefined) wireFault('unknown_component');
  const component = document.components[index] as Component;
  if (value.fields >= 2 ** component.fields.length) wireFault('invalid_value');
  const at = { floats: 0, doubles: 0, integers: 0, texts: 0, digests: 0, entities: 0 };
  const fields: { field: number; value: FieldValue }[] = [];
  for (const field of component.fields) {
    if ((value.fields & (1 << field.index)) === 0) continue;
    fields.push({ field: field.index, value: take(value, at, field, sites) });
  }
  for (const lane of Object.keys(at) as Lane[]) {
    if ((value[lane]?.length ?? 0) !== at[lane]) wireFault('invalid_value');
  }
  return { component: index, fields };
}

function take(
  value: ComponentValue,
  at: Record<Lane, number>,
  field: NamedField,
  sites: SiteReader,
): FieldValue {
  const lane = laneOf(field);
  const from = at[lane];
  at[lane] += field.stride;
  const source = value[lane];
  if (source === undefined || from + field.stride > source.length) wireFault('invalid_value');
  if (lane === 'texts') return source[from] as string;
  if (lane === 'digests') return digestToHex(source[from] as Bytes);
  if (lane === 'entities') return [sites.entity(source[from] as WireEntityId)];
  const numbers = Array.from(source.slice(from, from + field.stride) as ArrayLike<number>);
  return field.kind === 'u32' ? numbers.map((number) => number >>> 0) : numbers;
}
