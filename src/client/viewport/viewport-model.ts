import {
  type PerspectiveCamera,
  Quaternion,
  type Scene as ThreeScene,
  Vector2,
  Vector3,
  type WebGLRenderer,
} from 'three';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { Scheduler } from '../../ecs/schedule.ts';
import { DurationWindow } from '../../ecs/timing.ts';
import type { World } from '../../ecs/world.ts';
import type {
  AxisView,
  Box,
  Editor,
  PointerHit,
  Ray,
  ScreenPoint,
  ScreenRect,
  Vec3,
  VertexQuery,
  Viewpoint,
  ViewportPort,
} from '../../editor/editor.ts';
import type { AssetSource } from '../../render/assets.ts';
import type { Backend, BackendChoice, BackendKind } from '../../render/backends.ts';
import { CameraRig } from '../../render/camera-rig.ts';
import type { Backdrop } from '../../render/environment/surroundings.ts';
import type { PickHit } from '../../render/picking.ts';
import type { AvatarPose } from '../../render/presence/avatar.ts';
import type { PeerView } from '../../render/presence/presence-view.ts';
import { type SceneStats, SceneView } from '../../render/scene-view.ts';
import { pointOnScreen } from '../../render/screen-rect.ts';
import { warmUp } from '../../render/warm-up.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { SpanRecorder } from '../../telemetry/spans.ts';
import type { PeerPlace, XrStage } from '../../xr/stage/xr-stage.ts';
import type { Headset, Presentation } from '../xr/headset.ts';
import { CubePointer } from './cube-pointer.ts';
import { EditorMirror } from './editor-mirror.ts';
import { FlyControl, type FlyEvents } from './fly-control.ts';
import { frameSystems } from './frame-systems.ts';
import { LongPress, type LongPressEvents } from './long-press.ts';
import { PointerFeed } from './pointer-feed.ts';
import { whenIdle } from './when-idle.ts';

export interface ViewportOptions {
  readonly world: World;
  readonly editor: Editor;
  readonly assets: AssetSource;
  readonly logger: Logger;
  readonly choice: BackendChoice;
  readonly headset: Headset;
  /** Keeps how long the steps of a frame took, while somebody records. */
  readonly spans?: SpanRecorder;
  /** Called once a frame of the browser before anything is looked at, whether or not one is drawn. */
  readonly onFrame?: (seconds: number) => void;
}

/** What the status bar and telemetry say of the viewport. */
export interface ViewportState {
  /** `undefined` while no renderer runs. */
  readonly renderer: BackendKind | undefined;
  /** Why it is not the kind that was tried first. */
  readonly fallbackReason: string | undefined;
  /** Whether the scene has been drawn since the page was opened. */
  readonly hasDrawn: boolean;
  /** Why nothing can be drawn. */
  readonly problem: string | undefined;
}

/** What a viewport shows, and the editor that its pointer goes to. */
export type ShownScene = Pick<ViewportOptions, 'world' | 'editor'>;

/** One's own view and cursor, as others shall see them. */
export type OwnPresence = Pick<PeerView, 'view' | 'cursor'> & {
  /** In a headset, in place of the two. */
  readonly headset?: AvatarPose | undefined;
};

/** Where a view is shown: React's canvas, or a test. */
export interface Stage {
  readonly backend: Backend;
  readonly choice: BackendChoice;
  readonly scene: ThreeScene;
  /** Receives pointer events; its box is the viewport. */
  readonly element: HTMLElement;
  /** The camera that the scene is drawn with; a headset moves it. */
  readonly camera: PerspectiveCamera;
  /** A headset's session that it is drawn into. */
  readonly presentation?: Presentation | undefined;
  /** Asks for a frame to be drawn. */
  readonly invalidate: () => void;
  /** What is shown, as an image file of so many pixels across. */
  readonly picture?: (width: number) => Promise<Blob | undefined>;
}

/**
 * The viewport without React: everything that must outlive a canvas, so that another one (another
 * renderer, a headset's, or one after a lost device) shows the same from the same place.
 */
export class ViewportModel implements ViewportPort {
  readonly rig = new CameraRig();
  readonly options: ViewportOptions;
  readonly state: StoreApi<ViewportState> = createStore<ViewportState>(() => ({
    renderer: undefined,
    fallbackReason: undefined,
    hasDrawn: false,
    problem: undefined,
  }));
  /** What a frame does, in which order, and how long it takes. */
  readonly schedule: Scheduler;
  /** How long the renderer takes to hand a frame to the GPU. */
  readonly submission = new DurationWindow();
  /** Frames that were drawn. */
  drawn = 0;
  #view: SceneView | undefined;
  #stage: Stage | undefined;
  #mirror: EditorMirror | undefined;
  #feed: PointerFeed | undefined;
  #cube: CubePointer | undefined;
  #fly: FlyControl | undefined;
  #press: LongPress | undefined;
  #stopPreparing: () => void = () => undefined;
  #xr: XrStage | undefined;
  /** The headset's frame that is being drawn. */
  #xrFrame: XRFrame | undefined;
  /** Where the headset's wearer looks from. */
  #eye: ReturnType<XrStage['update']> | undefined;
  #peers: readonly PeerView[] = [];
  #warmth: { readonly stage: Stage; readonly isOpen: boolean; isDone: boolean } | undefined;
  #isolated: readonly Entity[] = [];
  readonly #subscriptions: readonly (() => void)[];
  #shown: ShownScene;
  #size: [width: number, height: number] = [1, 1];

  constructor(options: ViewportOptions) {
    this.options = options;
    this.#shown = options;
    this.schedule = this.#createSchedule(options);
    this.rig.onWake = () => this.invalidate();
    // Whoever moves the view has looked through the camera long enough.
    this.rig.onGrab = () => {
      options.editor.setView({ camera: NO_ENTITY });
      options.editor.follow(undefined);
    };
    options.editor.attachViewport(this);
    const { view, connection } = options.editor;
    this.#subscriptions = [
      view.subscribe(() => this.#showView()),
      // An empty scene, too, is to be seen once it is there.
      connection.subscribe(({ isOpen }, before) => {
        if (isOpen !== before.isOpen) this.invalidate();
      }),
    ];
    this.#showView();
  }

  /** Builds the scene for a renderer and listens to its element; returns what takes it down again. */
  mount(stage: Stage): () => void {
    const { assets, logger } = this.options;
    const { world, editor } = this.#shown;
    const { shaders, kind } = stage.backend;
    const view = new SceneView({ world, assets, logger, shaders, camera: this.rig });
    view.invalidate = stage.invalidate;
    view.setPeers(this.#shown === this.options ? this.#peers : []);
    stage.scene.add(view.root);
    this.#view = view;
    this.#stage = stage;
    this.#isolated = [];
    this.#showView();
    // In the order in which they are asked: what one takes, those after it never see.
    const redraw = (): void => this.invalidate();
    this.#cube = new CubePointer(stage.element, this.rig, view.cube, redraw);
    this.#fly = new FlyControl(stage.element, this.rig, this.#flyEvents);
    this.#press = new LongPress(stage.element, this.#pressEvents);
    this.#feed = new PointerFeed(stage.element, view, editor);
    this.#mirror = new EditorMirror(editor, view, this.#feed);
    this.rig.connect(stage.element);
    this.#stopPreparing = whenIdle((outOfTime) => view.prepare(outOfTime));
    this.#enter(stage, view);
    this.state.setState({ renderer: kind, fallbackReason: stage.choice.fallbackReason });
    stage.invalidate();
    return () => {
      if (this.#stage === stage && this.#view) this.#unmount(this.#view);
    };
  }

  /** D4: shows another scene from the same place; its own again without one. Others are not in it. */
  showInstead(scene: ShownScene | undefined): void {
    const stage = this.#stage;
    this.#shown.editor.attachViewport(undefined);
    this.#shown = scene ?? this.options;
    this.#shown.editor.attachViewport(this);
    if (stage === undefined || this.#view === undefined) return;
    this.#unmount(this.#view);
    this.mount(stage);
    this.#view?.resize(...this.#size);
  }

  /** What is shown, as an image file of so many pixels across; undefined while nothing is. */
  async picture(width: number): Promise<Blob | undefined> {
    return this.#stage?.picture?.(width);
  }

  /** CSS pixels. */
  resize(width: number, height: number): void {
    this.#size = [width, height];
    this.#view?.resize(width, height);
    this.invalidate();
  }

  /** Once for each frame of the browser: looks whether something is to be drawn. */
  tick(seconds: number): void {
    // In a headset its own frames count, and each of them is drawn.
    if (this.#xr === undefined) this.#look(seconds);
  }

  /** Right before a frame is drawn, by a headset where it is given; says whether it may be drawn. */
  draw(seconds: number, frame?: XRFrame): boolean {
    const stage = this.#stage;
    if (stage === undefined) return false;
    this.#xrFrame = frame;
    if (frame && this.#xr) this.#look(seconds);
    this.schedule.run('render');
    const isDrawn = frame !== undefined || this.#isWarm(stage);
    // What this task draws right after is drawn by then.
    if (isDrawn && !this.state.getState().hasDrawn) queueMicrotask(() => this.#noteDrawn());
    return isDrawn;
  }

  /** A frame was handed to the renderer; in ms since the page began. */
  rendered(startMs: number, endMs: number): void {
    this.submission.record(endMs - startMs);
    this.drawn += 1;
    this.options.spans?.record('draw', 'renderer', startMs, endMs);
  }

  #noteDrawn(): void {
    if (this.state.getState().hasDrawn) return;
    performance.mark('theta:drawn');
    this.state.setState({ hasDrawn: true });
  }

  #look(seconds: number): void {
    this.schedule.advance(seconds);
    this.schedule.run('simulation');
    this.schedule.run('editor');
  }

  /** What a frame does, and how long each step of it takes (F1). */
  #createSchedule({ world, logger, onFrame, spans }: ViewportOptions): Scheduler {
    const schedule = new Scheduler({
      ...{ world, logger, strict: import.meta.env.DEV },
      onRun: ({ name, stage }, startMs, endMs) => spans?.record(name, stage, startMs, endMs),
    });
    const systems = frameSystems({
      presence: (seconds) => onFrame?.(seconds),
      headset: (seconds) => {
        this.#eye = this.#xrFrame && this.#xr?.update(seconds, this.#xrFrame);
      },
      flight: (seconds) => this.#fly?.update(seconds),
      input: () => this.#feed?.flush(),
      stores: () => this.#shown.editor.update(),
      mirror: () => {
        if (this.#mirror?.update() || this.#view?.pending) this.invalidate();
      },
      scene: (seconds) => {
        if (this.#view?.update(seconds, this.#eye)) this.invalidate();
      },
      surroundings: () => {
        const { scene, backend } = this.#stage ?? {};
        if (scene) this.#view?.dress(scene, this.#backdrop());
        if (backend) this.#view?.beforeRender(backend.renderer);
      },
      hover: () => this.#feed?.lookAgain(),
    });
    for (const system of systems) schedule.addSystem(system);
    return schedule;
  }

  /** Asks for a frame; costs nothing when one is coming anyway. */
  invalidate(): void {
    this.#stage?.invalidate();
  }

  /** Shows these other people and nobody else. */
  setPeers(peers: readonly PeerView[]): void {
    this.#peers = peers;
    if (this.#shown === this.options) this.#view?.setPeers(peers);
    this.invalidate();
  }

  /** One's own camera and cursor, for others to see. */
  presence(): OwnPresence {
    const headset = this.#xr?.avatar();
    if (headset !== undefined) return { headset };
    const { camera } = this.rig;
    const position = camera.getWorldPosition(new Vector3());
    const rotation = camera.getWorldQuaternion(new Quaternion());
    return {
      view: { position: position.toArray(), rotation: rotation.toArray() },
      cursor: this.#feed?.cursor,
    };
  }

  /** What is under a point of the page; for context menus and drops. */
  hitAt(clientX: number, clientY: number): PickHit | undefined {
    return this.#feed?.hitAt(clientX, clientY);
  }

  /** What is shown in the headset now. */
  get stage(): XrStage | undefined {
    return this.#xr;
  }

  stats(): SceneStats | undefined {
    return this.#view?.stats(this.#stage?.backend.renderer);
  }

  viewpoint(): Viewpoint {
    const { view } = this.presence();
    const { position, rotation } = view as NonNullable<typeof view>;
    return {
      position: position as Viewpoint['position'],
      rotation: rotation as Viewpoint['rotation'],
      lens: { kind: 'perspective', fov: this.rig.camera.fov },
    };
  }

  async materialPicture(entity: Entity): Promise<ImageData | undefined> {
    return await this.#view?.materialPicture(entity);
  }

  focus(): [number, number, number] {
    return this.rig.target.toArray();
  }

  frameAll(): void {
    if (this.#view) this.rig.frame(this.#view.bounds());
  }

  /** Looks at these entities; at everything when there are none. */
  frame(entities: readonly Entity[]): void {
    if (entities.length === 0) this.frameAll();
    else if (this.#view) this.rig.frame(this.#view.bounds(entities));
  }

  hitsAlong(ray: Ray): readonly PointerHit[] {
    return this.#view?.pickAll(ray) ?? [];
  }

  screenOf(point: Vec3): ScreenPoint | undefined {
    return pointOnScreen(new Vector3(...point), this.rig.camera, new Vector2(...this.#size));
  }

  boundsOf(entities: readonly Entity[]): Box | undefined {
    const box = this.#view?.bounds(entities);
    return box === undefined || box.isEmpty()
      ? undefined
      : { min: box.min.toArray(), max: box.max.toArray() };
  }

  vertexNear(query: VertexQuery): Vec3 | undefined {
    return this.#view?.vertexNear(query);
  }

  verticesOf(entities: readonly Entity[], most: number): readonly Vec3[] {
    return this.#view?.verticesOf(entities, most) ?? [];
  }

  entitiesIn(rect: ScreenRect): ReturnType<ViewportPort['entitiesIn']> {
    return this.#view?.entitiesIn(rect) ?? [];
  }

  lookFrom(view: AxisView): void {
    this.rig.setAxisView(view);
  }

  lookFromBehind(): void {
    this.rig.flip();
  }

  orbitBy(right: number, up: number): void {
    this.rig.orbitBy(right, up);
  }

  panBy(right: number, up: number): void {
    this.rig.panBy(right, up);
  }

  dollyBy(factor: number): void {
    this.rig.dollyBy(factor);
  }

  fly(): void {
    this.#fly?.begin();
  }

  dispose(): void {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    if (this.#view) this.#unmount(this.#view);
    this.options.editor.attachViewport(undefined);
    this.rig.dispose();
  }

  #placeOf(peer: string): PeerPlace | undefined {
    const found = this.#peers.find((each) => each.peer === peer);
    const view = found?.avatar?.at(performance.now())?.head ?? found?.view;
    if (view === undefined) return undefined;
    const ahead = new Vector3(0, 0, -1).applyQuaternion(new Quaternion(...view.rotation));
    return { eye: view.position, ahead: ahead.add(new Vector3(...view.position)).toArray() };
  }

  #backdrop(): Backdrop {
    if (this.#xr === undefined) return 'screen';
    return this.#xr.mode === 'ar' ? 'none' : 'sky';
  }

  #enter({ presentation, backend, scene, camera }: Stage, view: SceneView): void {
    if (presentation === undefined) return;
    const { editor, headset } = this.options;
    const renderer = backend.renderer as WebGLRenderer;
    const { logger } = this.options;
    const xr = presentation.createStage({
      ...{ renderer, scene, view, editor, camera, logger },
      placeOf: (peer) => this.#placeOf(peer),
    });
    this.#xr = xr;
    xr.start().catch((thrown: unknown) => {
      headset.fail(`The headset could not be drawn into: ${messageOf(thrown)}`);
    });
  }

  readonly #flyEvents: FlyEvents = {
    onFlight: (speed) => {
      const { editor } = this.options;
      // There is no flying through a view without perspective.
      if (speed === undefined) editor.setView({ flight: null });
      else editor.setView({ flight: speed, projection: 'perspective', camera: NO_ENTITY });
    },
    mayFly: ({ altKey }) => !(altKey && this.rig.navigation === 'maya'),
    onClick: (event) => this.#openMenu(event),
  };

  readonly #pressEvents: LongPressEvents = {
    mayPress: () => this.#feed?.grabbedHandle === undefined,
    onPress: (at) => {
      // The finger has begun to orbit, or to select.
      this.rig.enabled = false;
      this.#feed?.letGo();
      this.rig.enabled = true;
      this.#openMenu(at);
    },
  };

  #openMenu({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): void {
    const box = this.#stage?.element.getBoundingClientRect();
    if (box === undefined) return;
    const at = { x: clientX - box.left, y: clientY - box.top };
    this.#shown.editor.openMenu(at, this.hitAt(clientX, clientY)?.entity ?? NO_ENTITY);
  }

  #showView(): void {
    const { grid, navigation, projection, shading, scheme, camera, isolated } =
      this.options.editor.view.getState();
    this.rig.navigation = navigation;
    this.rig.parallel = projection === 'parallel';
    if (this.#view) {
      this.#view.grid.visible = grid;
      this.#view.shading = shading;
      this.#view.scheme = scheme;
      this.#view.lookThrough(camera === NO_ENTITY ? undefined : camera);
      if (isolated !== this.#isolated)
        this.#view.isolate(isolated.length > 0 ? isolated : undefined);
      this.#isolated = isolated;
    }
    this.invalidate();
  }

  /**
   * Whether the scene may be drawn: it is there, and its first shaders are compiled. They are beside
   * the page, which goes on meanwhile: before the scene is there, those of what is always drawn.
   */
  #isWarm(stage: Stage): boolean {
    const { isOpen } = this.options.editor.connection.getState();
    if (this.#warmth?.stage === stage && this.#warmth.isOpen === isOpen) {
      return isOpen && this.#warmth.isDone;
    }
    const warmth = { stage, isOpen, isDone: false };
    this.#warmth = warmth;
    // What cannot be compiled is told of by the frame that wants it.
    const done = (): void => {
      warmth.isDone = true;
      stage.invalidate();
    };
    warmUp(stage.backend, stage.scene, stage.camera).then(done, done);
    return false;
  }

  #unmount(view: SceneView): void {
    if (this.#view !== view) return;
    this.#xr?.dispose();
    this.#xr = undefined;
    this.rig.disconnect();
    this.#mirror?.dispose();
    this.#feed?.dispose();
    this.#fly?.dispose();
    this.#press?.dispose();
    this.#stopPreparing();
    this.#cube?.dispose();
    view.dispose();
    this.#view = undefined;
    this.#stage = undefined;
    this.#mirror = undefined;
    this.#feed = undefined;
    this.#fly = undefined;
    this.#press = undefined;
    this.#cube = undefined;
    this.state.setState({ renderer: undefined });
  }
}
