import { counterOf, type EntityId, entityId, siteOf } from '../../ecs/document/entity-id.ts';
import type { Ops } from '../../protocol/generated/types.ts';
import {
  createStructs,
  type StructName,
  type StructVector,
  structOf,
} from '../../protocol/struct-vector.ts';
import type { SiteReader, SiteWriter } from '../../replication/wire/site-codec.ts';
import type { OpCodec, OpsType } from '../definition.ts';

const ENTITY_ID = structOf('EntityId').offsets;

/** Writes an id at byte `at`. */
export function writeEntityId(view: DataView, at: number, id: EntityId, sites: SiteWriter): void {
  view.setUint32(at + ENTITY_ID.site, sites.index(siteOf(id)), true);
  view.setUint32(at + ENTITY_ID.counter, counterOf(id), true);
}

export function readEntityId(view: DataView, at: number, sites: SiteReader): EntityId {
  const site = sites.site(view.getUint32(at + ENTITY_ID.site, true));
  return entityId(site, view.getUint32(at + ENTITY_ID.counter, true));
}

/** Single-precision numbers from byte `at` on. */
export function writeFloats(view: DataView, at: number, values: readonly number[]): void {
  for (let i = 0; i < values.length; i++) view.setFloat32(at + 4 * i, values[i] as number, true);
}

export function readFloats(view: DataView, at: number, count: number): number[] {
  const values: number[] = [];
  for (let i = 0; i < count; i++) values.push(view.getFloat32(at + 4 * i, true));
  return values;
}

/** A codec of a hot type: a struct an operation, written and read in place. */
export function structCodec<Op>(
  type: OpsType,
  struct: StructName,
  write: (view: DataView, at: number, op: Op, sites: SiteWriter) => void,
  read: (view: DataView, at: number, sites: SiteReader) => Op,
): OpCodec<Op> {
  return {
    encode(_document, ops, sites) {
      const items = createStructs(struct, ops.length);
      for (let i = 0; i < ops.length; i++) {
        write(items.view, items.offset + i * items.stride, ops[i] as Op, sites);
      }
      return { type, value: { items } } as unknown as Ops;
    },
    decode(_document, ops, sites) {
      const { items } = ops.value as unknown as { items: StructVector };
      const reads: (() => Op)[] = [];
      for (let i = 0; i < items.count; i++) {
        reads.push(() => read(items.view, items.offset + i * items.stride, sites));
      }
      return reads;
    },
  };
}
