import { type PerspectiveCamera, type Scene, Vector3, type WebGLRenderer } from 'three';
import type { Editor } from '../../editor/editor.ts';
import type { Eye, SceneView } from '../../render/scene-view.ts';
import { applyFrameRate, FOVEATION } from '../session/frame-rate.ts';
import { ViewportScale } from '../session/viewport-scale.ts';
import type { XrMode } from '../session/xr-support.ts';
import { Rig } from './rig.ts';
import { startPlace } from './start-place.ts';

export interface XrStageOptions {
  readonly session: XRSession;
  readonly mode: XrMode;
  readonly renderer: WebGLRenderer;
  readonly scene: Scene;
  readonly view: SceneView;
  readonly editor: Editor;
  /** What the camera shall be that three moves along with the head. */
  readonly camera: PerspectiveCamera;
}

/** Marks of constant size (the gizmo, names) are as large as on a screen this high, in CSS pixels. */
const SCREEN_HEIGHT = 1250;
/** What one looks at, for what is drawn around it: this far ahead. In one's own metres. */
const FOCUS_M = 2;
const MILLISECONDS = 1000;

/** Everything in the headset that is not the scene itself. One for each session. */
export class XrStage {
  readonly mode: XrMode;
  readonly rig = new Rig();
  readonly #options: XrStageOptions;
  readonly #eye: Eye;
  readonly #listeners = new AbortController();
  readonly #viewportScale = new ViewportScale();
  #interval = MILLISECONDS / 72;
  #cpu = 0;
  #frames = 0;

  constructor(options: XrStageOptions) {
    this.#options = options;
    this.mode = options.mode;
    const { view, scene, camera } = options;
    this.#eye = { camera, target: new Vector3(), height: SCREEN_HEIGHT };
    const { position, target } = view.camera.pose;
    const start = startPlace(position, target);
    this.rig.set(start.position, start.yaw, 1);
    scene.add(this.rig.root);
  }

  /** How many were drawn. */
  get frames(): number {
    return this.#frames;
  }

  /** Lets the renderer draw into the headset. */
  async start(): Promise<void> {
    const { renderer, session } = this.#options;
    renderer.xr.cameraAutoUpdate = false;
    renderer.xr.setReferenceSpaceType('local-floor');
    renderer.xr.setFoveation(FOVEATION);
    await renderer.xr.setSession(session);
    this.#interval = MILLISECONDS / (await applyFrameRate(session));
  }

  /** Right before a frame is drawn; `seconds` since the last one. Returns where the person looks from. */
  update(seconds: number, frame: XRFrame): Eye {
    const started = performance.now();
    this.#frames += 1;
    const { renderer, camera } = this.#options;
    const space = renderer.xr.getReferenceSpace();
    const pose = space === null ? undefined : frame.getViewerPose(space);
    if (pose !== undefined) {
      this.rig.placeEyes(renderer.xr, camera);
      this.#fitViewport(pose, seconds * MILLISECONDS);
    }
    const { target } = this.#eye;
    target.set(0, 0, -FOCUS_M * this.rig.scale).applyMatrix4(camera.matrixWorld);
    this.#cpu = performance.now() - started;
    return this.#eye;
  }

  dispose(): void {
    this.#listeners.abort();
    this.rig.root.removeFromParent();
  }

  #fitViewport({ views }: XRViewerPose, elapsed: number): void {
    const scale = this.#viewportScale.frame(elapsed, this.#cpu, this.#interval);
    for (const view of views) view.requestViewportScale?.(scale);
  }
}
