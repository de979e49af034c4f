import type { ChangeReader } from '../../../ecs/change-log.ts';
import { Hierarchy } from '../../../ecs/components/index.ts';
import type { Document } from '../../../ecs/document/document.ts';
import type { Entity } from '../../../ecs/entity.ts';
import type { PlainEntity } from './messages.ts';

export interface SceneChange {
  readonly changed: readonly PlainEntity[];
  readonly removed: readonly string[];
}

interface Told {
  readonly id: string;
  readonly parent: Entity;
}

/** What changes in a document, as plain entities, for one who keeps a copy of them. */
export class SceneChanges {
  readonly #document: Document;
  readonly #get: (id: string) => PlainEntity | undefined;
  readonly #place: ChangeReader;
  readonly #values: readonly ChangeReader[];
  readonly #told = new Map<Entity, Told>();

  constructor(document: Document, get: (id: string) => PlainEntity | undefined) {
    this.#document = document;
    this.#get = get;
    const { world, components } = document;
    const others = components.filter((each) => each.name !== Hierarchy.name);
    this.#place = world.observe(Hierarchy, { existing: true });
    this.#values = others.map((each) => world.observe(each));
  }

  /** Since the last time; at first, everything. */
  take(): SceneChange {
    const touched = new Set<Entity>();
    const note = (entity: Entity): void => void touched.add(entity);
    const moved = this.#place.pending;
    this.#place.read(note);
    for (const reader of this.#values) reader.read(note);
    const changed: PlainEntity[] = [];
    const removed: string[] = [];
    for (const entity of touched) this.#tell(entity, changed, removed);
    if (moved) this.#tellAdopted(touched, changed, removed);
    return { changed, removed };
  }

  dispose(): void {
    for (const reader of [this.#place, ...this.#values]) reader.dispose();
  }

  #tell(entity: Entity, changed: PlainEntity[], removed: string[]): void {
    const told = this.#told.get(entity);
    if (!this.#document.isAlive(entity)) {
      if (told !== undefined) removed.push(told.id);
      this.#told.delete(entity);
      return;
    }
    const id = told?.id ?? this.#document.formatId(this.#document.idOf(entity));
    const plain = this.#get(id);
    if (plain === undefined) return;
    changed.push(plain);
    this.#told.set(entity, { id, parent: this.#document.effectiveParent(entity) });
  }

  /** O7: who was not touched has another parent all the same when the one between them dies. */
  #tellAdopted(touched: ReadonlySet<Entity>, changed: PlainEntity[], removed: string[]): void {
    for (const [entity, { parent }] of [...this.#told]) {
      if (touched.has(entity) || this.#document.effectiveParent(entity) === parent) continue;
      this.#tell(entity, changed, removed);
    }
  }
}
