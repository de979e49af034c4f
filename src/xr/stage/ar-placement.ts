import { Mesh, MeshBasicMaterial, RingGeometry, Vector3 } from 'three';
import { displayColor } from '../../render/neutral-tone.ts';
import { PALETTE } from '../../render/palette.ts';
import type { SceneView } from '../../render/scene-view.ts';
import type { Feel } from '../interaction/feedback.ts';
import type { Hand } from '../interaction/hand.ts';
import type { RayTarget } from '../interaction/ray-target.ts';
import { hasFeature } from '../session/request-session.ts';
import type { Rig } from './rig.ts';

const RING_M = 0.12;

/** The parts of a session and a frame that are asked for surfaces. */
export type HitTestSession = Pick<
  XRSession,
  'enabledFeatures' | 'requestReferenceSpace' | 'requestHitTestSource'
>;
export type HitTestFrame = Pick<XRFrame, 'getHitTestResults'>;

/** None in the frames before a source has been asked for the first time. */
function hitsOf(frame: HitTestFrame, source: XRHitTestSource): readonly XRHitTestResult[] {
  try {
    return frame.getHitTestResults(source);
  } catch (thrown) {
    if (thrown instanceof DOMException) return [];
    throw thrown;
  }
}

/**
 * Puts the scene onto a real surface: a ring shows where one looks at, and a trigger or a pinch sets the
 * scene down there. It takes every press until then. Where the device knows no surfaces it does nothing.
 */
export class ArPlacement implements RayTarget {
  /** The ring; in the person's room. */
  readonly mark: Mesh<RingGeometry, MeshBasicMaterial>;
  readonly #rig: Rig;
  readonly #view: SceneView;
  readonly #feel: Feel;
  #source: XRHitTestSource | undefined;
  #placing = false;
  #spot: Vector3 | undefined;

  constructor(rig: Rig, view: SceneView, feel: Feel) {
    this.#rig = rig;
    this.#view = view;
    this.#feel = feel;
    this.mark = new Mesh(
      new RingGeometry(0.8 * RING_M, RING_M, 40).rotateX(-Math.PI / 2),
      new MeshBasicMaterial({ color: displayColor(PALETTE.gizmoHighlight), depthTest: false }),
    );
    this.mark.visible = false;
  }

  /** Whether the device can tell where surfaces are. */
  get available(): boolean {
    return this.#source !== undefined;
  }

  get placing(): boolean {
    return this.#placing;
  }

  /** Begins to look for surfaces, where the session was granted that; then to place the scene. */
  async start(session: HitTestSession): Promise<void> {
    if (!hasFeature(session, 'hit-test') || session.requestHitTestSource === undefined) return;
    try {
      const space = await session.requestReferenceSpace('viewer');
      this.#source = await session.requestHitTestSource({ space });
    } catch (thrown) {
      // Granted and refused all the same: AR goes on without it.
      if (!(thrown instanceof DOMException)) throw thrown;
    }
    this.begin();
  }

  /** Lets the person choose a place anew. */
  begin(): void {
    this.#placing = this.available;
  }

  update(frame: HitTestFrame, space: XRReferenceSpace): void {
    if (!this.#placing || this.#source === undefined) return;
    const [hit] = hitsOf(frame, this.#source);
    const position = hit?.getPose(space)?.transform.position;
    this.#spot = position && new Vector3(position.x, position.y, position.z);
    this.mark.visible = this.#spot !== undefined;
    if (this.#spot) this.mark.position.copy(this.#spot);
  }

  hover(_hand: Hand): number | undefined {
    return this.#placing && this.#spot ? this.#rig.scale : undefined;
  }

  leave(): void {
    // It shows nothing of a hand that points.
  }

  /** The middle of the scene's underside comes to lie on the surface. */
  press({ side }: Hand): void {
    if (this.#spot === undefined) return;
    const bounds = this.#view.bounds();
    const base = bounds.isEmpty()
      ? new Vector3()
      : bounds.getCenter(new Vector3()).setY(bounds.min.y);
    const here = this.#rig.toWorld(this.#spot.clone());
    this.#rig.set(base.sub(here).add(this.#rig.position), this.#rig.yaw, this.#rig.scale);
    this.#placing = false;
    this.mark.visible = false;
    this.#feel(side, 'grab');
  }

  drag(): void {
    // A press is enough.
  }

  release(): void {
    // A press is enough.
  }

  dispose(): void {
    this.#source?.cancel();
    this.#source = undefined;
    this.mark.geometry.dispose();
    this.mark.material.dispose();
    this.mark.removeFromParent();
  }
}
