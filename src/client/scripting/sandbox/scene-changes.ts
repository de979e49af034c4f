import type { ChangeReader } from '../../../ecs/change-log.ts';
import { Hierarchy } from '../../../ecs/components/index.ts';
import type { Document } from '../../../ecs/document/document.ts';
import type { Entity } from '../../../ecs/entity.ts';
import type { PlainEntity } from './messages.ts';

export interface SceneChange {
  readonly changed: readonly PlainEntity[];
  readonly removed: readonly string[];
}

interface Lists {
  readonly changed: PlainEntity[];
  readonly removed: string[];
}

interface Told {
  readonly id: string;
  readonly parent: Entity;
}

/** What changes in a document, as plain entities, for one who keeps a copy of them. */
export class SceneChanges {
  readonly #document: Document;
  readonly #get: (id: string) => PlainEntity | undefined;
  readonly #readers: readonly ChangeReader[];
  /** Tombstones: who comes back from among them takes his children back. */
  readonly #dead = new Set<Entity>();
  readonly #told = new Map<Entity, Told>();

  constructor(document: Document, get: (id: string) => PlainEntity | undefined) {
    this.#document = document;
    this.#get = get;
    const { world, components } = document;
    this.#readers = components.map((each) =>
      world.observe(each, { existing: each.name === Hierarchy.name }),
    );
  }

  /** Since the last time; at first, everything. */
  take(): SceneChange {
    const touched = new Set<Entity>();
    for (const reader of this.#readers) reader.read((entity) => void touched.add(entity));
    const change: Lists = { changed: [], removed: [] };
    let livesChanged = false;
    for (const entity of touched) livesChanged = this.#tell(entity, change) || livesChanged;
    if (livesChanged) this.#tellAdopted(touched, change);
    return change;
  }

  dispose(): void {
    for (const reader of this.#readers) reader.dispose();
  }

  /** @returns whether the entity has died or come back, and its children may have another parent */
  #tell(entity: Entity, { changed, removed }: Lists): boolean {
    const told = this.#told.get(entity);
    if (!this.#document.isAlive(entity)) {
      this.#dead.add(entity);
      this.#told.delete(entity);
      if (told !== undefined) removed.push(told.id);
      return told !== undefined;
    }
    const id = told?.id ?? this.#document.formatId(this.#document.idOf(entity));
    const plain = this.#get(id);
    if (plain !== undefined) changed.push(plain);
    this.#told.set(entity, { id, parent: this.#document.effectiveParent(entity) });
    return this.#dead.delete(entity);
  }

  /** O7: who was not touched has another parent all the same when the one between them dies. */
  #tellAdopted(touched: ReadonlySet<Entity>, change: Lists): void {
    for (const [entity, { parent }] of [...this.#told]) {
      if (touched.has(entity) || this.#document.effectiveParent(entity) === parent) continue;
      this.#tell(entity, change);
    }
  }
}
