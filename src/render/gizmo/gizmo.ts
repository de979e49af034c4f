import { Group, type PerspectiveCamera, Quaternion, Ray, Vector3 } from 'three';
import type { PickRay } from '../picking.ts';
import { metresPerPixel, towardsViewer } from '../view-camera.ts';
import { type GizmoHandle, type GizmoMode, HANDLES, sameHandle } from './handle.ts';
import { HandleView } from './handle-view.ts';
import { ARM_PIXELS } from './proportions.ts';

/** Where the gizmo stands; its axes are turned by `rotation` (unit quaternion x, y, z, w). */
export interface GizmoPivot {
  readonly position: readonly number[];
  readonly rotation: readonly number[];
}

export interface GizmoState {
  /** `undefined`: no gizmo, as with the select tool. */
  readonly mode: GizmoMode | undefined;
  readonly pivot: GizmoPivot | null;
  readonly hovered?: GizmoHandle | undefined;
  /** While one is dragged it alone is shown. */
  readonly grabbed?: GizmoHandle | undefined;
}

/** Above everything else in the scene. */
const RENDER_ORDER = 1000;
const HIDDEN: GizmoState = { mode: undefined, pivot: null };

/**
 * The move, rotate and scale gizmos: as large on the screen at any distance, drawn over everything,
 * grabbed by rays. It holds no tool state; it shows what it is given.
 */
export class Gizmo {
  readonly root = new Group();
  readonly #views = new Map<GizmoMode, readonly HandleView[]>();
  readonly #toViewer = new Vector3();
  readonly #inverse = new Quaternion();
  #state: GizmoState = HIDDEN;

  constructor() {
    this.root.name = 'gizmo';
    this.root.visible = false;
  }

  get state(): GizmoState {
    return this.#state;
  }

  /** Shows another state from the next update on. */
  set(state: GizmoState): void {
    this.#state = state;
  }

  /** Keeps its size on the screen and turns to the viewer. `height` of the viewport in CSS pixels. */
  update(camera: PerspectiveCamera, height: number): void {
    const { mode, pivot, grabbed, hovered } = this.#state;
    this.root.visible = mode !== undefined && pivot !== null;
    if (mode === undefined || pivot === null) return;
    const { root } = this;
    root.position.fromArray(pivot.position as number[]);
    root.quaternion.fromArray(pivot.rotation as number[]);
    root.scale.setScalar(ARM_PIXELS * metresPerPixel(camera, root.position, height));
    root.updateMatrixWorld();
    towardsViewer(camera, root.position, this.#toViewer);
    this.#toViewer.applyQuaternion(this.#inverse.copy(root.quaternion).invert());
    for (const [each, views] of this.#views) {
      for (const view of views) view.root.visible = each === mode;
    }
    const views = this.#viewsOf(mode);
    for (const view of views) {
      const isGrabbed = sameHandle(view.handle, grabbed);
      view.face(this.#toViewer, isGrabbed);
      view.highlighted = isGrabbed || (grabbed === undefined && sameHandle(view.handle, hovered));
      if (grabbed !== undefined && !isGrabbed) view.root.visible = false;
    }
    this.#order(views);
  }

  /** The handle that a ray grabs, of those shown; they reach `reach` times as far for a clumsy hand. */
  pick(pick: PickRay, reach = 1): GizmoHandle | undefined {
    const { mode } = this.#state;
    if (!this.root.visible || mode === undefined) return undefined;
    const inverse = this.root.matrixWorld.clone().invert();
    const ray = new Ray(new Vector3(...pick.origin), new Vector3(...pick.direction));
    ray.applyMatrix4(inverse).direction.normalize();
    let best: { tier: number; share: number; handle: GizmoHandle } | undefined;
    for (const view of this.#viewsOf(mode)) {
      const grab = view.root.visible ? view.grab(ray, reach) : undefined;
      if (grab === undefined) continue;
      const nearer =
        best === undefined ||
        grab.tier < best.tier ||
        (grab.tier === best.tier && grab.share < best.share);
      if (nearer) best = { ...grab, handle: view.handle };
    }
    return best?.handle;
  }

  dispose(): void {
    for (const views of this.#views.values()) for (const view of views) view.dispose();
    this.root.removeFromParent();
  }

  #viewsOf(mode: GizmoMode): readonly HandleView[] {
    let views = this.#views.get(mode);
    if (views === undefined) {
      views = HANDLES[mode].map((axis) => new HandleView({ mode, axis }));
      for (const view of views) this.root.add(view.root);
      this.#views.set(mode, views);
    }
    return views;
  }

  /** Nothing of it tests depth, so that the scene never hides it: what is nearer is drawn later. */
  #order(views: readonly HandleView[]): void {
    const farFirst = [...views].sort((a, b) => b.depth - a.depth);
    for (const [rank, view] of farFirst.entries()) view.renderOrder = RENDER_ORDER + rank;
  }
}
