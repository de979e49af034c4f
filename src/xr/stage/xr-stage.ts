import { Group, type PerspectiveCamera, type Scene, Vector3, type WebGLRenderer } from 'three';
import type { Editor } from '../../editor/editor.ts';
import type { TimeTravel } from '../../editor/history/time-travel.ts';
import type { AvatarPose } from '../../render/presence/avatar.ts';
import type { TrackedPose } from '../../render/presence/pose-track.ts';
import type { Eye, SceneView } from '../../render/scene-view.ts';
import type { Logger } from '../../shared/logger.ts';
import type { InputFrame } from '../input/input-frame.ts';
import { readInput } from '../input/read-input.ts';
import { InputRecorder } from '../input/recording.ts';
import { createBrush } from '../interaction/brush.ts';
import { haptics } from '../interaction/feedback.ts';
import { Interaction } from '../interaction/interaction.ts';
import { xrSettings } from '../interaction/settings.ts';
import type { PanelControl } from '../panels/panel.ts';
import { Panels } from '../panels/panels.ts';
import type { Figures } from '../panels/telemetry-board.ts';
import { applyFrameRate, FOVEATION } from '../session/frame-rate.ts';
import { ViewportScale } from '../session/viewport-scale.ts';
import type { XrMode } from '../session/xr-support.ts';
import { ControllerModel } from '../views/controller-model.ts';
import { GhostView } from '../views/ghost-view.ts';
import { HandsView } from '../views/hands-view.ts';
import { SelectionBoxes } from '../views/selection-boxes.ts';
import { Vignette } from '../views/vignette.ts';
import { ArPlacement } from './ar-placement.ts';
import { Rig } from './rig.ts';
import { startPlace } from './start-place.ts';

export interface XrStageOptions {
  readonly session: XRSession;
  readonly mode: XrMode;
  readonly renderer: WebGLRenderer;
  readonly scene: Scene;
  readonly view: SceneView;
  readonly editor: Editor;
  /** What three moves along with the head. */
  readonly camera: PerspectiveCamera;
  readonly logger: Logger;
  /** What everybody did. */
  readonly travel: TimeTravel;
  /** What happens in this tab. */
  readonly figures: Figures;
  /** Where another person is, and what is a metre before their eyes. World metres. */
  placeOf(peer: string): PeerPlace | undefined;
}

export interface PeerPlace {
  readonly eye: readonly [number, number, number];
  readonly ahead: readonly [number, number, number];
}

/** Marks of constant size (the gizmo, names) are as large as on a screen this high, in CSS pixels. */
const SCREEN_HEIGHT = 1250;
/** What one looks at, for what is drawn around it: this far ahead. In one's own metres. */
const FOCUS_M = 2;
const MILLISECONDS = 1000;
/** How much higher somebody who sits comes to be: eye to eye with those who stand. */
const SEAT_M = 0.4;

/** Everything in the headset that is not the scene itself. One for each session. */
export class XrStage {
  readonly mode: XrMode;
  readonly rig = new Rig();
  readonly settings = xrSettings(globalThis.localStorage);
  readonly brush = createBrush();
  readonly interaction: Interaction;
  readonly #options: XrStageOptions;
  readonly #eye: Eye;
  readonly #listeners = new AbortController();
  readonly #viewportScale = new ViewportScale();
  readonly #root = new Group();
  readonly #controllers: Readonly<Record<'left' | 'right', ControllerModel>>;
  readonly #hands = new HandsView();
  readonly #ghosts = new GhostView();
  readonly #boxes: SelectionBoxes;
  readonly #vignette = new Vignette();
  readonly #panels: Panels;
  readonly #placement: ArPlacement;
  #recorder: InputRecorder | undefined;
  #interval = MILLISECONDS / 72;
  #cpu = 0;
  #tracked = false;
  #frames = 0;

  constructor(options: XrStageOptions) {
    this.#options = options;
    this.mode = options.mode;
    const { view, scene, camera, editor, session, logger } = options;
    this.#eye = { camera, target: new Vector3(), height: SCREEN_HEIGHT };
    const { position, target } = view.camera.pose;
    const start = startPlace(position, target);
    this.rig.set(start.position, start.yaw, 1);
    const feel = haptics(session);
    this.#placement = new ArPlacement(this.rig, view, feel);
    this.#panels = new Panels({
      editor,
      brush: this.brush,
      settings: this.settings,
      exit: () => void session.end(),
      goTo: (peer) => this.goTo(peer),
      travel: options.travel,
      figures: options.figures,
      placement: this.#placement,
    });
    this.interaction = new Interaction({
      editor,
      view,
      camera,
      rig: this.rig,
      settings: this.settings,
      brush: this.brush,
      feel,
      targets: [...this.#panels.targets, this.#placement],
    });
    this.#controllers = {
      left: new ControllerModel('left', logger),
      right: new ControllerModel('right', logger),
    };
    this.#boxes = new SelectionBoxes(editor, view);
    this.rig.root.add(this.#controllers.left.root, this.#controllers.right.root);
    this.rig.root.add(this.#hands.room, this.#panels.root, this.#placement.mark);
    this.#root.add(this.rig.root, this.#hands.root, this.#ghosts.root, this.#boxes.root);
    this.#root.add(this.#vignette.root);
    scene.add(this.#root);
    const { signal } = this.#listeners;
    // Whatever the hands held when a menu of the system came over the scene stays where it was.
    const look = (): void => {
      if (session.visibilityState !== 'visible') this.interaction.cancel();
    };
    session.addEventListener('visibilitychange', look, { signal });
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
    if (this.mode === 'ar') await this.#placement.start(session);
    this.#interval = MILLISECONDS / (await applyFrameRate(session));
  }

  /** Right before a frame is drawn; `seconds` since the last one. Returns where the person looks from. */
  update(seconds: number, frame: XRFrame): Eye {
    const started = performance.now();
    this.#frames += 1;
    const { renderer, camera } = this.#options;
    const space = renderer.xr.getReferenceSpace();
    const pose = space === null ? undefined : frame.getViewerPose(space);
    if (space !== null && pose !== undefined) {
      const input = readInput(frame, space, started);
      this.#recorder?.add(input);
      this.rig.lift = this.settings.getState().seated ? SEAT_M : 0;
      this.#placement.update(frame, space);
      this.interaction.update(input, seconds);
      this.rig.placeEyes(renderer.xr, camera);
      this.#fitViewport(pose, seconds * MILLISECONDS);
      this.#show(input, seconds);
      this.#tracked = true;
    }
    const { target } = this.#eye;
    target.set(0, 0, -FOCUS_M * this.rig.scale).applyMatrix4(camera.matrixWorld);
    this.#cpu = performance.now() - started;
    return this.#eye;
  }

  /** What can be pressed on the panels, and where it is in the room. */
  controls(): PanelControl[] {
    return this.#panels.controls();
  }

  /** The person as others shall see them; undefined before the first frame. */
  avatar(): AvatarPose | undefined {
    if (!this.#tracked) return undefined;
    const { position, quaternion } = this.#options.camera;
    const { x, y, z, w } = quaternion;
    const hand = (side: 'left' | 'right'): TrackedPose | undefined =>
      this.interaction.hands.find((each) => each.side === side)?.grip;
    return {
      head: { position: position.toArray(), rotation: [x, y, z, w] },
      left: hand('left'),
      right: hand('right'),
      scale: this.rig.scale,
    };
  }

  /** Begins to keep what the hands do. */
  startRecording(): void {
    this.#recorder = new InputRecorder();
  }

  /** What the hands did since `startRecording`, as a text that tests can play. */
  stopRecording(): string | undefined {
    const text = this.#recorder?.toText();
    this.#recorder = undefined;
    return text;
  }

  dispose(): void {
    this.#listeners.abort();
    this.interaction.cancel();
    this.#hands.dispose();
    this.#ghosts.dispose();
    this.#boxes.dispose();
    this.#vignette.dispose();
    this.#panels.dispose();
    this.#placement.dispose();
    this.#root.removeFromParent();
  }

  /** Comes to stand before somebody, face to face. */
  goTo(peer: string): void {
    const there = this.#options.placeOf(peer);
    if (there === undefined) return;
    const { position, yaw } = startPlace(there.ahead, there.eye);
    this.rig.set(position, yaw, this.rig.scale);
  }

  #show({ sources, viewer }: InputFrame, seconds: number): void {
    const { interaction, rig } = this;
    const { hands } = interaction;
    const { dominant } = this.settings.getState();
    this.#panels.update(
      viewer,
      hands.find(({ side }) => side !== dominant),
      hands,
    );
    for (const side of ['left', 'right'] as const) {
      const source = sources.find(({ handedness }) => handedness === side);
      if (source) this.#controllers[side].update(source);
      else this.#controllers[side].hide();
    }
    this.#hands.update(interaction, rig.scale);
    this.#ghosts.update(interaction.ghosts);
    this.#boxes.update();
    const narrows = this.settings.getState().vignette && interaction.worldMoves;
    const { camera } = this.#options;
    this.#vignette.update(narrows, camera.matrixWorld, rig.scale, seconds);
  }

  #fitViewport({ views }: XRViewerPose, elapsed: number): void {
    const scale = this.#viewportScale.frame(elapsed, this.#cpu, this.#interval);
    for (const view of views) view.requestViewportScale?.(scale);
  }
}
