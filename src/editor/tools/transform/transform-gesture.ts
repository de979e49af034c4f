import type { Entity } from '../../../ecs/entity.ts';
import type { Pose } from '../../geometry/affine.ts';
import type { Vec3 } from '../../geometry/vec3.ts';
import type { CommandParams, TransactionPort } from '../../session-port.ts';
import type { GestureReadout } from '../../stores/states.ts';
import type { Box } from '../../viewport-port.ts';
import { movable, type Pivot, pivotOf } from '../pivot.ts';
import type { GizmoMode } from '../pointer-input.ts';
import type { ToolContext } from '../tool-state.ts';
import type { Target } from './change.ts';

const LABELS: Readonly<Record<GizmoMode, string>> = {
  move: 'Move',
  rotate: 'Rotate',
  scale: 'Scale',
};

/** More vertices than these are not tried for the one that snaps. */
const MOST_VERTICES = 4096;

/** What is shown of a gesture beside the entities. */
export interface GestureView {
  readonly readout: string;
  /** Where the gizmo is now. */
  readonly pivot: Pivot;
  /** The point of another shape that a move has snapped to. */
  readonly snappedTo?: Vec3 | undefined;
}

/** What the drags have in common: the entities as they were, their preview, and the one undo step. */
export class TransformGesture {
  readonly pivot: Pivot;
  readonly mode: GizmoMode;
  /** What was typed, for people to see with the next preview. */
  typed: GestureReadout['typed'];
  readonly #context: ToolContext;
  readonly #targets: ReadonlyMap<Entity, Target>;
  readonly #eachOwn: boolean;
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
    this.#eachOwn = context.tools.getState().pivot === 'own';
  }

  /** Undefined where the role, or a lock, leaves nothing to move. */
  static begin(context: ToolContext, mode: GizmoMode): TransformGesture | undefined {
    if (!context.canEdit()) return undefined;
    const { scene, selection, tools } = context;
    const entities = movable(scene, selection.entities);
    const subject = { entities, active: selection.active };
    const pivot = pivotOf(scene, subject, { ...tools.getState(), tool: mode });
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

  /** The entities that it moves; those below them are carried along. */
  get entities(): readonly Entity[] {
    return [...this.#targets.keys()];
  }

  /** Vertices of what it moves as they are drawn now. */
  vertices(): readonly Vec3[] {
    return this.#context.viewport()?.verticesOf(this.entities, MOST_VERTICES) ?? [];
  }

  /** Around what it moves as it is drawn now. */
  bounds(): Box | undefined {
    return this.#context.viewport()?.boundsOf(this.entities);
  }

  /**
   * Shows every entity as `change` makes it from what it was when the gesture began, about its pivot:
   * the gizmo's, or its own origin where each turns about itself.
   */
  preview(change: (target: Target, pivot: Pivot) => Pose, view: GestureView): void {
    const poses = new Map<Entity, Pose>();
    for (const [entity, target] of this.#targets) {
      poses.set(entity, change(target, this.#pivotFor(target)));
    }
    this.#poses = poses;
    const { readout, pivot, snappedTo } = view;
    this.#context.previews.show(poses);
    this.#context.gizmo.setState({ pivot, snappedTo });
    this.#context.tools.setState({
      gesture: { label: LABELS[this.mode], readout, typed: this.typed },
    });
  }

  /** Whether any of the entities is still there and may be changed. */
  stillValid(): boolean {
    const { scene } = this.#context;
    if (!this.#context.canEdit()) return false;
    for (const entity of this.#targets.keys()) if (scene.isObject(entity)) return true;
    return false;
  }

  /**
   * Writes what was shown as one undo step; nothing where nothing moved.
   * @param continued the transaction that made what was moved, where both are to be one step
   */
  commit(continued?: string): void {
    const writes = this.stillValid() ? this.#writes() : [];
    if (writes.length > 0) {
      const write = (tx: TransactionPort): void => {
        for (const each of writes) tx.execute('transform.set', each);
      };
      this.#context.issuer.transaction(this.#label(writes.length), write, continued);
    }
    this.cancel();
  }

  /** The document stays as it is. */
  cancel(): void {
    this.#context.previews.clear();
    this.#context.gizmo.setState({ snappedTo: undefined });
    this.#context.tools.setState({ gesture: null });
  }

  #pivotFor({ world }: Target): Pivot {
    if (!this.#eachOwn) return this.pivot;
    const local = this.#context.tools.getState().space === 'local';
    return { position: world.origin, rotation: local ? world.rotation : this.pivot.rotation };
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
