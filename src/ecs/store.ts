import { ThetaError } from '../shared/errors.ts';
import { ChangeLog, type HolderAt } from './change-log.ts';
import {
  type Column,
  copyElements,
  createColumn,
  type NumericColumn,
  readValue,
  type StoredValue,
  storageProblem,
  storedValue,
  writeValue,
} from './columns.ts';
import type { Component } from './component.ts';
import type { Entity } from './entity.ts';
import type { Query } from './query.ts';

/** Bits in a word of an entity's component mask. */
export const WORD_BITS = 32;

/** A world's data of one component: a column a field, rows by entity index. */
export class Store {
  readonly component: Component;
  /** Where the component's bit is in an entity's mask. */
  readonly word: number;
  readonly bit: number;
  /** The entities' masks of this word; the world replaces it on growth. */
  masks: Int32Array;
  readonly log: ChangeLog;
  /** The queries that look at this component. */
  readonly queries: Query[] = [];
  /** By field name. The object stays; growth replaces the arrays in it. */
  readonly columns: Record<string, Column> = {};
  /** The same, by the field's index. */
  readonly #byField: Column[] = [];
  readonly #defaults: readonly StoredValue[];

  constructor(component: Component, slot: number, masks: Int32Array, holderAt: HolderAt) {
    this.component = component;
    this.word = Math.floor(slot / WORD_BITS);
    this.bit = 1 << (slot % WORD_BITS);
    this.masks = masks;
    this.log = new ChangeLog(holderAt);
    this.#defaults = component.fields.map((field) => storedValue(field, field.default));
    this.grow(masks);
  }

  /** Of the typed arrays; a string column counts eight bytes a row. */
  get byteLength(): number {
    let bytes = this.log.byteLength;
    for (const column of Object.values(this.columns)) {
      bytes += Array.isArray(column) ? column.length * 8 : column.byteLength;
    }
    return bytes;
  }

  /** Whether the entity at this index, if one lives there, has the component. */
  has(index: number): boolean {
    return (this.masks[index]! & this.bit) !== 0;
  }

  /** Makes room for as many indices as there are masks. */
  grow(masks: Int32Array): void {
    this.masks = masks;
    const capacity = masks.length;
    for (const field of this.component.fields) {
      const column = createColumn(field, capacity, this.#byField[field.index]);
      this.#byField[field.index] = column;
      this.columns[field.name] = column;
    }
    this.log.grow(capacity);
  }

  reset(index: number): void {
    for (let i = 0; i < this.#defaults.length; i++) {
      const value = this.#defaults[i]!;
      const column = this.#byField[i]!;
      if (typeof value === 'string') (column as string[])[index] = value;
      else copyElements(value, column as NumericColumn, index * value.length);
    }
  }

  /** @throws {ThetaError} `bad-value` when a column cannot hold its value */
  check(value: Readonly<Record<string, unknown>>): void {
    for (const field of this.component.fields) {
      const given = value[field.name];
      const problem = given === undefined ? undefined : storageProblem(field, given);
      if (problem === undefined) continue;
      throw new ThetaError('bad-value', `${this.component.name}.${field.name} ${problem}.`);
    }
  }

  /** Writes the fields that `value` has; it was checked before. */
  write(index: number, value: Readonly<Record<string, unknown>>): void {
    for (const field of this.component.fields) {
      const given = value[field.name];
      if (given !== undefined) writeValue(field, this.#byField[field.index]!, index, given);
    }
  }

  read(index: number): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    for (const field of this.component.fields) {
      value[field.name] = readValue(field, this.#byField[field.index]!, index);
    }
    return value;
  }

  markStructure(entity: Entity): void {
    if (this.log.active) this.log.markStructure(entity);
  }
}
