import type { ChangeReader } from '../../ecs/change-log.ts';
import type { Component } from '../../ecs/component.ts';
import { Flags, Hierarchy } from '../../ecs/components/index.ts';
import { type Entity, entityIndex } from '../../ecs/entity.ts';
import type { Query } from '../../ecs/query.ts';
import type { World } from '../../ecs/world.ts';
import type { Visibility } from '../visibility.ts';

/**
 * The one that counts of what a scene can have but one of: among the visible entities with a
 * component, the first by the order among siblings, so that everybody sees the same.
 */
export class FirstOf {
  readonly #world: World;
  readonly #visibility: Visibility;
  readonly #query: Query;
  readonly #readers: readonly ChangeReader[];

  constructor(world: World, component: Component, visibility: Visibility) {
    this.#world = world;
    this.#visibility = visibility;
    this.#query = world.query({ all: [component] });
    this.#readers = [component, Flags, Hierarchy].map((each) => world.observe(each));
  }

  get pending(): boolean {
    return this.#readers.some((reader) => reader.pending);
  }

  find(): Entity | undefined {
    for (const reader of this.#readers) reader.read(() => undefined);
    let first: Entity | undefined;
    this.#query.forEach((entity) => {
      if (!this.#visibility.isVisible(entity)) return;
      if (first === undefined || this.#orderOf(entity) < this.#orderOf(first)) first = entity;
    });
    return first;
  }

  dispose(): void {
    for (const reader of this.#readers) reader.dispose();
  }

  #orderOf(entity: Entity): string {
    if (!this.#world.has(entity, Hierarchy)) return '';
    return this.#world.columns(Hierarchy).order[entityIndex(entity)] ?? '';
  }
}
