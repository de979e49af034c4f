import { Quaternion, type Scene as ThreeScene, Vector3 } from 'three';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Entity } from '../../ecs/entity.ts';
import type { World } from '../../ecs/world.ts';
import type { Editor, ScreenRect, ViewportPort } from '../../editor/editor.ts';
import type { AssetSource } from '../../render/assets.ts';
import type { Backend, BackendChoice, BackendKind } from '../../render/backends.ts';
import { CameraRig } from '../../render/camera-rig.ts';
import type { PickHit } from '../../render/picking.ts';
import type { PeerView } from '../../render/presence/presence-view.ts';
import { type SceneStats, SceneView } from '../../render/scene-view.ts';
import type { Logger } from '../../shared/logger.ts';
import { EditorMirror } from './editor-mirror.ts';
import { PointerFeed } from './pointer-feed.ts';

export interface ViewportOptions {
  readonly world: World;
  readonly editor: Editor;
  readonly assets: AssetSource;
  readonly logger: Logger;
  readonly choice: BackendChoice;
  /** Called once a frame of the browser before anything is looked at, whether or not one is drawn. */
  readonly onFrame?: (seconds: number) => void;
}

/** What the status bar and telemetry say of the viewport. */
export interface ViewportState {
  /** `undefined` while no renderer runs. */
  readonly renderer: BackendKind | undefined;
  /** Why it is not the kind that was tried first. */
  readonly fallbackReason: string | undefined;
}

/** One's own view and cursor, as others shall see them. */
export type OwnPresence = Pick<PeerView, 'view' | 'cursor'>;

/** Where a view is shown: React's canvas, or a test. */
export interface Stage {
  readonly backend: Backend;
  readonly choice: BackendChoice;
  readonly scene: ThreeScene;
  /** Receives pointer events; its box is the viewport. */
  readonly element: HTMLElement;
  /** Asks for a frame to be drawn. */
  readonly invalidate: () => void;
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
  }));
  #view: SceneView | undefined;
  #stage: Stage | undefined;
  #mirror: EditorMirror | undefined;
  #feed: PointerFeed | undefined;
  #peers: readonly PeerView[] = [];
  #gridVisible = true;

  constructor(options: ViewportOptions) {
    this.options = options;
    this.rig.onWake = () => this.invalidate();
    options.editor.attachViewport(this);
  }

  /** Builds the scene for a renderer and listens to its element; returns what takes it down again. */
  mount(stage: Stage): () => void {
    const { world, assets, logger, editor } = this.options;
    const { shaders, kind } = stage.backend;
    const view = new SceneView({ world, assets, logger, shaders, camera: this.rig });
    view.grid.visible = this.#gridVisible;
    view.invalidate = stage.invalidate;
    view.setPeers(this.#peers);
    stage.scene.add(view.root);
    this.#view = view;
    this.#stage = stage;
    this.#feed = new PointerFeed(stage.element, view, editor);
    this.#mirror = new EditorMirror(editor, view, this.#feed);
    this.rig.connect(stage.element);
    this.state.setState({ renderer: kind, fallbackReason: stage.choice.fallbackReason });
    stage.invalidate();
    return () => this.#unmount(view);
  }

  /** CSS pixels. */
  resize(width: number, height: number): void {
    this.#view?.resize(width, height);
    this.invalidate();
  }

  /** Once for each frame of the browser: looks whether something is to be drawn. */
  tick(seconds: number): void {
    this.options.onFrame?.(seconds);
    this.#feed?.flush();
    this.options.editor.update();
    if (this.#mirror?.update() || this.#view?.pending) this.invalidate();
  }

  /** Right before a frame is drawn. */
  draw(seconds: number): void {
    const { backend, scene } = this.#stage ?? {};
    if (this.#view === undefined || backend === undefined || scene === undefined) return;
    const again = this.#view.update(seconds);
    this.#view.dress(scene, { background: !backend.renderer.xr.isPresenting });
    this.#view.beforeRender(backend.renderer);
    this.#feed?.lookAgain();
    if (again) this.invalidate();
  }

  /** Asks for a frame; costs nothing when one is coming anyway. */
  invalidate(): void {
    this.#stage?.invalidate();
  }

  /** Shows these other people and nobody else. */
  setPeers(peers: readonly PeerView[]): void {
    this.#peers = peers;
    this.#view?.setPeers(peers);
    this.invalidate();
  }

  /** One's own camera and cursor, for others to see. */
  presence(): OwnPresence {
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

  stats(): SceneStats | undefined {
    return this.#view?.stats(this.#stage?.backend.renderer);
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

  entitiesIn(rect: ScreenRect): ReturnType<ViewportPort['entitiesIn']> {
    return this.#view?.entitiesIn(rect) ?? [];
  }

  get gridVisible(): boolean {
    return this.#gridVisible;
  }

  setGridVisible(visible: boolean): void {
    this.#gridVisible = visible;
    if (this.#view) this.#view.grid.visible = visible;
    this.invalidate();
  }

  dispose(): void {
    if (this.#view) this.#unmount(this.#view);
    this.options.editor.attachViewport(undefined);
    this.rig.dispose();
  }

  #unmount(view: SceneView): void {
    if (this.#view !== view) return;
    this.rig.disconnect();
    this.#mirror?.dispose();
    this.#feed?.dispose();
    view.dispose();
    this.#view = undefined;
    this.#stage = undefined;
    this.#mirror = undefined;
    this.#feed = undefined;
    this.state.setState({ renderer: undefined });
  }
}
