import type { NamedField } from '../../ecs/component.ts';
import type { Document } from '../../ecs/document/document.ts';
import { counterOf, type EntityId, NO_ENTITY_ID, siteOf } from '../../ecs/document/entity-id.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { Column } from '../../protocol/generated/types.ts';
import { createStructs, type StructVector, structOf } from '../../protocol/struct-vector.ts';
import { laneOf } from '../wire/component-codec.ts';
import type { DigestNumbering } from './numbering.ts';

const ENTITY_ID = structOf('EntityId');

/** Writes `ids` with their sites as places in the document's table. */
export function writeIds(ids: ArrayLike<EntityId>, rank: Uint32Array): StructVector<'EntityId'> {
  const structs = createStructs('EntityId', ids.length);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as EntityId;
    if (id === NO_ENTITY_ID) continue;
    const at = i * structs.stride;
    structs.view.setUint32(at + ENTITY_ID.offsets.site, rank[siteOf(id)] as number, true);
    structs.view.setUint32(at + ENTITY_ID.offsets.counter, counterOf(id), true);
  }
  return structs;
}

/** The values of one component of some entities; a field in which all agree has one value only. */
export class ValueDraft {
  readonly #uniform: number[] = [];
  readonly #floats: number[] = [];
  readonly #doubles: number[] = [];
  readonly #integers: number[] = [];
  readonly #texts: string[] = [];
  readonly #digests: number[] = [];
  readonly #ids: EntityId[] = [];
  readonly #document: Document;
  readonly #digestNumbers: DigestNumbering;

  /** @param rows the world's rows of the entities that have the component, in their order */
  constructor(
    document: Document,
    component: number,
    rows: Uint32Array,
    digestNumbers: DigestNumbering,
  ) {
    this.#document = document;
    this.#digestNumbers = digestNumbers;
    const definition = document.components[component]!;
    const columns = document.world.columns(definition) as Record<
      string,
      ArrayLike<number | string>
    >;
    for (const field of definition.fields) {
      const column = columns[field.name]!;
      const isUniform = rows.length > 1 && agree(column, rows, field.stride);
      if (isUniform) this.#uniform.push(field.index);
      this.#put(field, column, isUniform ? rows.subarray(0, 1) : rows);
    }
  }

  /** The entities that values refer to. */
  get ids(): readonly EntityId[] {
    return this.#ids;
  }

  #put(field: NamedField, column: ArrayLike<number | string>, rows: Uint32Array): void {
    const lane = laneOf(field);
    for (const row of rows) {
      if (lane === 'texts') this.#texts.push(column[row] as string);
      else if (lane === 'digests') {
        this.#digests.push(this.#digestNumbers.numberOf(column[row] as string));
      } else if (lane === 'entities') this.#ids.push(this.#document.idOf(column[row] as Entity));
      else {
        const numbers = this.#numbers(lane);
        const from = row * field.stride;
        for (let i = 0; i < field.stride; i++) numbers.push(column[from + i] as number);
      }
    }
  }

  #numbers(lane: 'floats' | 'doubles' | 'integers'): number[] {
    if (lane === 'floats') return this.#floats;
    return lane === 'doubles' ? this.#doubles : this.#integers;
  }

  /**
   * @param renumber from provisional numbers of digests to those of the document's table
   * @param rank from sites to their places in the document's table
   */
  finish(renumber: Uint32Array, rank: Uint32Array): Partial<Column> {
    return {
      ...(this.#uniform.length > 0 && { uniform: Uint8Array.from(this.#uniform) }),
      ...(this.#floats.length > 0 && { floats: Float32Array.from(this.#floats) }),
      ...(this.#doubles.length > 0 && { doubles: Float64Array.from(this.#doubles) }),
      ...(this.#integers.length > 0 && { integers: Int32Array.from(this.#integers) }),
      ...(this.#texts.length > 0 && { texts: this.#texts }),
      ...(this.#digests.length > 0 && {
        digests: Uint32Array.from(this.#digests, (number) => renumber[number] as number),
      }),
      ...(this.#ids.length > 0 && { entities: writeIds(this.#ids, rank) }),
    };
  }
}

/** Whether all rows hold the same in a column. */
function agree(column: ArrayLike<number | string>, rows: Uint32Array, stride: number): boolean {
  const first = (rows[0] as number) * stride;
  for (const row of rows) {
    for (let i = 0; i < stride; i++)
      if (column[row * stride + i] !== column[first + i]) return false;
  }
  return true;
}
