import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChangeReader } from '../../ecs/change-log.ts';
import { DOCUMENT_COMPONENTS, Hierarchy } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { Scene } from '../scene.ts';
import type { Selection } from '../selection/selection.ts';
import type { Previews } from '../stores/previews.ts';
import { type InspectorState, MIXED, type Mixed } from '../stores/states.ts';
import type { FieldReader } from './field-reader.ts';
import { addableTo, sectionsOf } from './sections.ts';

const EMPTY: InspectorState = {
  count: 0,
  name: '',
  material: undefined,
  sections: [],
  addable: [],
  readOnly: true,
};

/** The selected entities' values. It does nothing while neither they nor the selection change. */
export class Inspector {
  readonly store: StoreApi<InspectorState> = createStore(() => EMPTY);
  readonly #scene: Scene;
  readonly #selection: Selection;
  readonly #reader: FieldReader;
  readonly #canEdit: () => boolean;
  readonly #changes: readonly ChangeReader[];
  readonly #subscriptions: readonly (() => void)[];
  /** The shared materials of the selected entities. */
  #worn: ReadonlySet<Entity> = new Set();
  #stale = true;
  #couldEdit = false;

  constructor(
    scene: Scene,
    selection: Selection,
    previews: Previews,
    reader: FieldReader,
    canEdit: () => boolean,
  ) {
    this.#scene = scene;
    this.#selection = selection;
    this.#reader = reader;
    this.#canEdit = canEdit;
    this.#changes = DOCUMENT_COMPONENTS.filter(
      (component) => !component.managed || component.id === Hierarchy.id,
    ).map((component) => scene.document.world.observe(component));
    const outdate = (): void => {
      this.#stale = true;
    };
    this.#subscriptions = [selection.store.subscribe(outdate), previews.store.subscribe(outdate)];
  }

  update(): void {
    const look = (entity: Entity): void => {
      this.#stale ||= this.#selection.has(entity) || this.#worn.has(entity);
    };
    for (const reader of this.#changes) if (reader.pending) reader.read(look);
    const canEdit = this.#canEdit();
    if (!this.#stale && canEdit === this.#couldEdit) return;
    this.#stale = false;
    this.#couldEdit = canEdit;
    this.store.setState(this.#derive(canEdit), true);
  }

  dispose(): void {
    for (const reader of this.#changes) reader.dispose();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
  }

  #derive(canEdit: boolean): InspectorState {
    const { entities } = this.#selection;
    this.#worn = new Set(entities.map((entity) => this.#scene.sharedMaterialOf(entity)));
    if (entities.length === 0) return EMPTY;
    return {
      count: entities.length,
      name: this.#commonName(entities),
      material: this.#commonMaterial(entities),
      sections: sectionsOf(entities, this.#reader),
      addable: addableTo(entities, this.#reader),
      readOnly: !canEdit || entities.every((entity) => this.#scene.isLocked(entity)),
    };
  }

  #commonMaterial(entities: readonly Entity[]): Entity | Mixed | undefined {
    if (!entities.some((entity) => this.#scene.hasSurface(entity))) return undefined;
    const [first, ...others] = this.#worn;
    return others.length > 0 ? MIXED : first;
  }

  #commonName(entities: readonly Entity[]): string | Mixed {
    const name = this.#scene.nameOf(entities[0]!);
    return entities.every((entity) => this.#scene.nameOf(entity) === name) ? name : MIXED;
  }
}
