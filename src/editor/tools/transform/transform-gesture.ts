import type { Entity } from '../../../ecs/entity.ts';
import type { Pose } from '../../geometry/affine.ts';
import type { CommandParams } from '../../session-port.ts';
import { movable, type Pivot, pivotOf } from '../pivot.ts';
import type { GizmoMode } from '../pointer-input.ts';
import type { ToolContext } from '../tool-state.ts';
import type { Target } from './change.ts';

const LABELS: Readonly<Record<GizmoMode, string>> = {
  move: 'Move',
  rotate: 'Rotate',
  scale: 'Scale',
};

/** What the drags have in common: the entities as they were, their preview, and the one undo step. */
export class TransformGesture {
  readonly pivot: Pivot;
  readonly mode: GizmoMode;
  readonly #context: ToolContext;
  readonly #targets: ReadonlyMap<Entity, Target>;
  #poses: ReadonlyMap<Entity, Pose> = new Map();

  private constructor(
    context: ToolContext,
    mode: GizmoMode,
    pivot: Pivot,
    targets: ReadonlyMap<Entity, Target>,
  ) {
    this.#context = context;
    this.mode = mode;
    this.pivot = pivot;
    this.#targets = targets;
  }

  /** Undefined where the role, or a lock, leaves nothing to move. */
  static begin(context: ToolContext, mode: GizmoMode): TransformGesture | undefined {
    if (!context.canEdit()) return undefined;
    const { scene, selection, tools } = context;
    const entities = movable(scene, selection.entities);
    const pivot = pivotOf(scene, entities, mode, tools.getState().space);
    if (pivot === null) return undefined;
    const targets = new Map<Entity, Target>();
    for (const entity of entities) {
      const pose = scene.poseOf(entity);
      targets.set(entity, {
        pose,
        world: scene.worldOf(entity),
        parent: scene.parentSpaceOf(entity),
      });
    }
    return new TransformGesture(context, mode, pivot, targets);
  }

  /**
   * Shows every entity as `change` makes it from what it was when the gesture began, and the gizmo
   * where `pivot` is now.
   */
  preview(change: (target: Target) => Pose, readout: string, pivot: Pivot = this.pivot): void {
    const poses = new Map<Entity, Pose>();
    for (const [entity, target] of this.#targets) poses.set(entity, change(target));
    this.#poses = poses;
    this.#context.previews.show(poses);
    this.#context.tools.setState({ gesture: { label: LABELS[this.mode], readout } });
    this.#context.gizmo.setState({ pivot });
  }

  /** Whether any of the entities is still there and may be changed. */
  stillValid(): boolean {
    const { scene } = this.#context;
    if (!this.#context.canEdit()) return false;
    for (const entity of this.#targets.keys()) if (scene.isObject(entity)) return true;
    return false;
  }

  /** Writes what was shown as one undo step; nothing where nothing moved. */
  commit(): void {
    const writes = this.stillValid() ? this.#writes() : [];
    if (writes.length > 0) {
      this.#context.issuer.transaction(this.#label(writes.length), (tx) => {
        for (const write of writes) tx.execute('transform.set', write);
      });
    }
    this.cancel();
  }

  /** The document stays as it is. */
  cancel(): void {
    this.#context.previews.clear();
    this.#context.tools.setState({ gesture: null });
  }

  #writes(): CommandParams[] {
    const { scene } = this.#context;
    const { document } = scene;
    const writes: CommandParams[] = [];
    for (const [entity, pose] of this.#poses) {
      const changed = changedFields(this.#targets.get(entity)!.pose, pose);
      if (Object.keys(changed).length === 0 || !scene.isObject(entity)) continue;
      writes.push({ entity: document.idOf(entity), ...changed });
    }
    return writes;
  }

  #label(count: number): string {
    const [only] = this.#targets.keys();
    const what = count === 1 ? this.#context.scene.nameOf(only!) : `${count} objects`;
    return `${LABELS[this.mode]} ${what}`;
  }
}

function changedFields(before: Pose, after: Pose): Partial<Pose> {
  const same = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((value, at) => value === b[at]);
  return {
    ...(same(before.position, after.position) ? {} : { position: after.position }),
    ...(same(before.rotation, after.rotation) ? {} : { rotation: after.rotation }),
    ...(same(before.scale, after.scale) ? {} : { scale: after.scale }),
  };
}
