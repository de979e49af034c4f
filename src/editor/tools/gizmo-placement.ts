import type { ChangeReader } from '../../ecs/change-log.ts';
import { Flags, Hierarchy, Transform } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { movable, pivotOf } from './pivot.ts';
import type { ToolContext } from './tool-state.ts';

/**
 * Keeps the gizmo where the selection is: derived anew when the selection, its transforms or the tool
 * change. While a gesture lasts it carries the gizmo itself.
 */
export class GizmoPlacement {
  readonly #context: ToolContext;
  readonly #changes: readonly ChangeReader[];
  readonly #subscriptions: readonly (() => void)[];
  /** The selected entities and all above them. */
  #concerned: ReadonlySet<Entity> = new Set();
  #stale = true;
  #couldEdit = false;

  constructor(context: ToolContext) {
    this.#context = context;
    const { world } = context.scene.document;
    this.#changes = [Transform, Hierarchy, Flags].map((component) => world.observe(component));
    this.#subscriptions = [
      context.selection.store.subscribe((state, before) => {
        this.#stale ||= state.entities !== before.entities;
      }),
      context.tools.subscribe((state, before) => {
        this.#stale ||=
          state.tool !== before.tool ||
          state.space !== before.space ||
          state.pivot !== before.pivot ||
          state.gesture !== before.gesture;
      }),
      context.previews.store.subscribe(() => {
        this.#stale = true;
      }),
    ];
  }

  update(): void {
    const look = (entity: Entity): void => {
      this.#stale ||= this.#concerned.has(entity);
    };
    for (const reader of this.#changes) if (reader.pending) reader.read(look);
    const canEdit = this.#context.canEdit();
    if (this.#context.tools.getState().gesture !== null) return;
    if (!this.#stale && canEdit === this.#couldEdit) return;
    this.#stale = false;
    this.#couldEdit = canEdit;
    this.#derive();
  }

  dispose(): void {
    for (const reader of this.#changes) reader.dispose();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
  }

  #derive(): void {
    const { scene, selection, tools, previews, gizmo } = this.#context;
    const state = tools.getState();
    this.#concerned = this.#withAncestors(selection.entities);
    const shown = state.tool !== 'select' && this.#couldEdit;
    const entities = shown ? movable(scene, selection.entities) : [];
    const subject = { entities, active: selection.active };
    const pivot = pivotOf(scene, subject, state, previews.own);
    if (pivot !== null || gizmo.getState().pivot !== null) gizmo.setState({ pivot });
  }

  #withAncestors(entities: readonly Entity[]): ReadonlySet<Entity> {
    const { document } = this.#context.scene;
    const concerned = new Set<Entity>();
    for (const entity of entities) {
      let each = entity;
      while (each !== NO_ENTITY && !concerned.has(each)) {
        concerned.add(each);
        each = document.parentOf(each);
      }
    }
    return concerned;
  }
}
