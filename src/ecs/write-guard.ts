import { ThetaError } from '../shared/errors.ts';
import type { Column } from './columns.ts';
import type { Component } from './component.ts';
import type { AccessGuard, World } from './world.ts';

export type AccessErrorCode = 'read-only-violation' | 'undeclared-read';

/** What a system may touch. */
export interface Access {
  readonly name: string;
  readonly reads: readonly Component[];
  readonly writes: readonly Component[];
}

/**
 * Holds one system at a time to what it declared. Calls on the world are judged as they are made;
 * writes into columns, which no call announces, by comparing the columns with copies from before. It
 * copies every column that the system may not write, so it is for tests and development.
 */
export class WriteGuard implements AccessGuard {
  readonly #world: World;
  #access: Access = { name: '', reads: [], writes: [] };
  #violation: ThetaError<AccessErrorCode> | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * Runs a system's body.
   * @throws {ThetaError} `AccessErrorCode`, naming system and component, also when the body swallowed
   * the error of the call
   */
  run(access: Access, body: () => void): void {
    const before = this.#copyReadOnly(access);
    this.#access = access;
    this.#violation = undefined;
    this.#world.guard = this;
    try {
      body();
    } finally {
      this.#world.guard = undefined;
    }
    if (this.#violation !== undefined) throw this.#violation;
    for (const [component, columns] of before) this.#compare(component, columns);
  }

  /** What the last system that ran did wrong. */
  get violation(): ThetaError<AccessErrorCode> | undefined {
    return this.#violation;
  }

  read(component: Component): void {
    const { name, reads, writes } = this.#access;
    if (reads.includes(component) || writes.includes(component)) return;
    const message = `System "${name}" reads ${component.name} without declaring it.`;
    this.#violation ??= new ThetaError('undeclared-read', message);
    throw this.#violation;
  }

  write(component: Component): void {
    if (this.#access.writes.includes(component)) return;
    this.#violation ??= this.#writeViolation(component.name);
    throw this.#violation;
  }

  #copyReadOnly({ writes }: Access): Map<Component, Record<string, Column>> {
    const copies = new Map<Component, Record<string, Column>>();
    for (const component of this.#world.components) {
      if (writes.includes(component)) continue;
      const columns = Object.entries(this.#world.columns(component) as Record<string, Column>);
      copies.set(component, Object.fromEntries(columns.map(([key, each]) => [key, each.slice()])));
    }
    return copies;
  }

  #compare(component: Component, before: Readonly<Record<string, Column>>): void {
    const now = this.#world.columns(component) as Record<string, Column>;
    for (const [field, column] of Object.entries(before)) {
      if (beginsWith(now[field]!, column)) continue;
      this.#violation = this.#writeViolation(`${component.name}.${field}`);
      throw this.#violation;
    }
  }

  #writeViolation(what: string): ThetaError<AccessErrorCode> {
    const message = `System "${this.#access.name}" writes ${what}, which it declared read-only or not at all.`;
    return new ThetaError('read-only-violation', message);
  }
}

/** The world may have grown since: then there is more behind. */
function beginsWith(column: Column, start: Column): boolean {
  for (let i = 0; i < start.length; i++) if (!Object.is(column[i], start[i])) return false;
  return true;
}
