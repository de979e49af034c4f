import {
  Box3,
  Group,
  type MeshLambertMaterial,
  type Object3D,
  type PerspectiveCamera,
  type Scene,
  Sphere,
  Vector2,
  Vector3,
} from 'three';
import { type Entity, entityIndex } from '../ecs/entity.ts';
import type { World } from '../ecs/world.ts';
import { type Logger, silentLogger } from '../shared/logger.ts';
import { type AssetSource, NO_ASSETS } from './assets.ts';
import type { Renderer } from './backends.ts';
import { BATCH_CHANGES, type BatchChange, EntityBatches } from './batches/entity-batches.ts';
import { CameraRig } from './camera-rig.ts';
import { CameraShots } from './camera-shots.ts';
import { type Backdrop, Surroundings } from './environment/surroundings.ts';
import { FieldOverlay, type FieldPreview, NO_FIELDS } from './field-overlay.ts';
import { GeometryCache } from './geometry/geometry-cache.ts';
import { Gizmo } from './gizmo/gizmo.ts';
import { SnapMark } from './gizmo/snap-mark.ts';
import { Grid } from './grid.ts';
import { Lights } from './lights.ts';
import { MaterialCache } from './materials/material-cache.ts';
import { MaterialPictures } from './materials/material-pictures.ts';
import { Surfaces } from './materials/surfaces.ts';
import { TextureCache } from './materials/texture-cache.ts';
import { wireMaterial } from './materials/wire-material.ts';
import { MATRIX_STRIDE } from './matrix-math.ts';
import { type OutlineGroup, Outlines } from './outline.ts';
import { type ColorScheme, PALETTE } from './palette.ts';
import { type PickHit, Picking, type PickRay } from './picking.ts';
import { type PeerView, PresenceView } from './presence/presence-view.ts';
import { entitiesInRect, type ScreenRect, type ScreenTarget } from './screen-rect.ts';
import type { ShaderKit } from './shaders/shader-kit.ts';
import { Touching } from './touching.ts';
import { type VertexQuery, VertexSearch } from './vertex-search.ts';
import { ViewCube } from './view-cube/view-cube.ts';
import { Visibility } from './visibility.ts';
import { type Preview, WorldMatrices } from './world-matrices.ts';

/** Where the translation is in a column-major matrix. */
const POSITION_OFFSET = 12;

export interface SceneViewOptions {
  readonly world: World;
  /** Those of the backend that will draw the view. */
  readonly shaders: ShaderKit;
  readonly assets?: AssetSource;
  /** A rig that outlives the view; without one the view has its own. */
  readonly camera?: CameraRig;
  readonly logger?: Logger;
}

export interface SceneStats {
  /** Of the last frame, as the renderer counted them. */
  readonly drawCalls: number;
  readonly triangles: number;
  /** Draw calls of the entities alone. */
  readonly batches: number;
  readonly entities: number;
  readonly geometries: number;
  readonly materials: number;
  /** Assets that could not be had, and lights beyond what is drawn. */
  readonly failedAssets: number;
  readonly skippedLights: number;
}

/** Where a picture is looked at from, and how large marks of constant size are in it. */
export interface Eye {
  readonly camera: PerspectiveCamera;
  /** What is looked at, world metres. */
  readonly target: Vector3;
  /** CSS pixels of the screen that the marks are measured by. */
  readonly height: number;
}

export type Shading = 'lit' | 'material' | 'wireframe';

/** Who has selected what. */
export interface SelectionView {
  readonly own: readonly Entity[];
  /** What the pointer rests on. */
  readonly hovered: Entity | undefined;
  readonly others: readonly Omit<OutlineGroup, 'level'>[];
}

interface Unseen {
  readonly entities: BatchChange;
  readonly marks: boolean;
}

const NOTHING_UNSEEN: Unseen = { entities: 'nothing', marks: false };

/** Everything that is seen of a document, composed. It owns what it makes and disposes of it. */
export class SceneView {
  readonly root = new Group();
  readonly camera: CameraRig;
  readonly grid: Grid;
  readonly gizmo = new Gizmo();
  readonly cube = new ViewCube();
  readonly snapMark = new SnapMark();
  /** Called when something besides input and the world wants a new frame. */
  invalidate: () => void = () => undefined;

  readonly #world: World;
  readonly #matrices: WorldMatrices;
  readonly #visibility: Visibility;
  readonly #geometries: GeometryCache;
  readonly #textures: TextureCache;
  readonly #materials: MaterialCache;
  readonly #batches: EntityBatches;
  readonly #lights: Lights;
  readonly #overlay: FieldOverlay;
  readonly #surfaces: Surfaces;
  readonly #surroundings: Surroundings;
  readonly #box = new Box3();
  readonly #sphere = new Sphere();
  /** A map that came, which may have holes that shadows show. */
  #texturesCame = false;
  readonly #shots: CameraShots;
  readonly #pictures: MaterialPictures;
  #scene: Scene | undefined;
  #lookedThrough: Entity | undefined;
  /** The rig's own projection while it lends its camera. */
  #wasParallel = false;
  readonly #picking: Picking;
  readonly #vertices: VertexSearch;
  readonly #touching: Touching;
  readonly #outlines: Outlines;
  readonly #presence = new PresenceView();
  readonly #ownsCamera: boolean;
  #selection: SelectionView = { own: [], hovered: undefined, others: [] };
  #selectionChanged = false;
  #shading: Shading = 'lit';
  #wire: MeshLambertMaterial | undefined;
  /** What was brought up to date since the last frame. */
  #unseen: Unseen = NOTHING_UNSEEN;
  readonly #size = new Vector2(1, 1);

  constructor(options: SceneViewOptions) {
    const { world, shaders, assets = NO_ASSETS, logger = silentLogger } = options;
    this.camera = options.camera ?? new CameraRig();
    this.#ownsCamera = options.camera === undefined;
    this.#world = world;
    this.#matrices = new WorldMatrices(world);
    this.#visibility = new Visibility(world, this.#matrices.links);
    this.#geometries = new GeometryCache(assets, logger);
    this.#textures = new TextureCache(assets, logger);
    this.#materials = new MaterialCache(this.#textures);
    const [matrices, visibility] = [this.#matrices, this.#visibility];
    const overlay = new FieldOverlay(world);
    const surfaces = new Surfaces(world, overlay);
    this.#overlay = overlay;
    this.#surfaces = surfaces;
    this.#batches = new EntityBatches({
      ...{ world, matrices, visibility, surfaces, overlay },
      geometries: this.#geometries,
      materials: this.#materials,
    });
    this.#lights = new Lights(world, matrices, visibility, overlay);
    this.#surroundings = new Surroundings(world, overlay, visibility);
    this.#shots = new CameraShots(matrices, overlay);
    this.#pictures = new MaterialPictures(this.#materials, logger);
    this.#pictures.onOrder = () => this.invalidate();
    this.#picking = new Picking(world, this.#matrices, this.#visibility, this.#batches, [
      this.#lights.marks,
    ]);
    this.#vertices = new VertexSearch(
      world,
      this.#matrices,
      this.#visibility,
      this.#batches,
      this.#picking,
    );
    this.#touching = new Touching(world, this.#matrices, this.#visibility, this.#batches);
    this.#outlines = new Outlines(this.#matrices, this.#batches, shaders);
    this.grid = new Grid(shaders);
    this.root.add(
      this.#surroundings.root,
      this.#batches.root,
      this.#lights.root,
      this.#lights.marks.root,
      this.grid.root,
      this.#outlines.root,
      this.#presence.root,
      this.gizmo.root,
      this.snapMark.root,
      this.cube.root,
      this.#shots.root,
    );
    this.#geometries.onReady = (geometry) => {
      this.#batches.geometryChanged(geometry);
      this.invalidate();
    };
    this.#materials.onReady = () => {
      this.#texturesCame = true;
      this.invalidate();
    };
  }

  /** Whether the world changed since the last update. */
  get pending(): boolean {
    const parts = [this.#matrices, this.#batches, this.#lights, this.#surroundings];
    return parts.some(({ pending }) => pending);
  }

  /** Dresses the scene that the root is in. */
  dress(scene: Scene, backdrop?: Backdrop): void {
    this.#scene = scene;
    this.#surroundings.applyTo(scene, backdrop);
  }

  /** CSS pixels of the viewport. */
  resize(width: number, height: number): void {
    this.#size.set(width, height);
    this.camera.resize(width, height);
  }

  /** Works ahead while there is no document yet, until it is done or `outOfTime`; returns whether it is done. */
  prepare(outOfTime: () => boolean): boolean {
    return this.#surroundings.prepare(outOfTime);
  }

  /**
   * Brings the picture up to date with the world, the camera and what was set. Call it once before a
   * frame is drawn; `seconds` since the last. Returns whether another frame is needed after it.
   * @param eye where a headset looks from; without it, the rig's camera
   */
  update(seconds: number, eye?: Eye): boolean {
    const moving = eye === undefined && this.camera.update(seconds);
    this.#catchUp();
    if (eye === undefined) this.#lookThroughCamera();
    const { camera, target, height } = eye ?? this.#pageEye();
    this.#lights.marks.setViewer(camera);
    const painting = this.#surroundings.update(this.#shading === 'lit' && this.#lights.count > 0);
    this.#castShadows(target);
    this.#batches.sortBlended(camera);
    this.#showSelection(this.#unseen.entities, this.#unseen.marks);
    this.#unseen = NOTHING_UNSEEN;
    this.grid.update(camera, target);
    this.gizmo.update(camera, height);
    this.snapMark.update(camera, height);
    this.cube.root.visible = eye === undefined;
    if (eye === undefined) this.cube.update(camera, this.#size);
    this.#shots.update(camera, this.#size);
    const gliding = this.#presence.update(seconds, camera, height);
    return moving || gliding || painting || this.#pictures.pending;
  }

  /** Draws what the frame needs beforehand. Call it after `update`, before the scene is drawn. */
  beforeRender(renderer: Renderer): void {
    renderer.info.reset();
    if (renderer.xr.isPresenting) return;
    this.#outlines.renderMask(renderer, this.camera.camera);
    if (this.#scene !== undefined) this.#shots.render(renderer, this.#scene, this.#editorsOwn());
    this.#pictures.render(renderer);
  }

  /** By the scene's own light, by a studio's, or by edges. */
  set scheme(scheme: ColorScheme) {
    this.#surroundings.scheme = scheme;
  }

  set shading(shading: Shading) {
    if (shading === this.#shading) return;
    this.#shading = shading;
    if (shading === 'wireframe') this.#wire ??= wireMaterial();
    this.#batches.override = shading === 'wireframe' ? this.#wire : undefined;
    this.#lights.root.visible = shading === 'lit';
    this.#surroundings.neutral = shading !== 'lit';
    // Shadows of another light, or of none.
    this.#texturesCame = true;
    this.invalidate();
  }

  /** Outlines the selections: others' in their colours, one's own over them. */
  setSelection(selection: SelectionView): void {
    this.#selection = selection;
    this.#selectionChanged = true;
  }

  /** Shows these other people and nobody else. */
  setPeers(peers: readonly PeerView[]): void {
    this.#presence.set(peers);
  }

  /** The nearest entity under a ray. */
  pick(ray: PickRay): PickHit | undefined {
    this.#catchUp();
    return this.#picking.nearest(ray);
  }

  /** All entities along a ray, nearest first. */
  pickAll(ray: PickRay): PickHit[] {
    this.#catchUp();
    return this.#picking.all(ray);
  }

  /** The vertex in sight that a ray passes nearest to. */
  vertexNear(query: VertexQuery): readonly [number, number, number] | undefined {
    this.#catchUp();
    return this.#vertices.nearest(query);
  }

  /** Vertices of these and all below; the corners of their boxes where there are more than `most`. */
  verticesOf(
    entities: readonly Entity[],
    most: number,
  ): readonly (readonly [number, number, number])[] {
    this.#catchUp();
    return this.#vertices.of(entities, most);
  }

  /** What a hand at a point touches, within so many world metres. */
  touch(point: PickRay['origin'], radius: number): PickHit | undefined {
    this.#catchUp();
    return this.#touching.at(point, radius);
  }

  /** The unlocked entities whose middle lies in a box of the world. */
  within(volume: Box3): Entity[] {
    this.#catchUp();
    return this.#touching.within(volume);
  }

  /** Shows these transforms, and these values of other components' fields, instead of the document's. */
  setPreview(transforms: Preview, fields: FieldPreview = NO_FIELDS): void {
    this.#matrices.setPreview(transforms);
    this.#overlay.set(fields);
  }

  /** World bounds of these entities with all below them; of everything when none are given. */
  bounds(entities?: readonly Entity[]): Box3 {
    this.#catchUp();
    const box = new Box3();
    if (entities === undefined) {
      this.#batches.expandByAll(box);
      return box;
    }
    for (const entity of entities) this.#expand(box, entityIndex(entity));
    return box;
  }

  /** The unlocked entities whose middle is seen in a rectangle; CSS pixels of the viewport. */
  entitiesIn(rect: ScreenRect): Entity[] {
    this.#catchUp();
    return entitiesInRect(rect, this.camera.camera, this.#size, this.#targets());
  }

  stats(renderer?: Renderer): SceneStats {
    const render = renderer?.info.render;
    return {
      drawCalls: render === undefined ? 0 : 'drawCalls' in render ? render.drawCalls : render.calls,
      triangles: render?.triangles ?? 0,
      batches: this.#batches.batchCount,
      entities: this.#batches.bounds.count,
      geometries: this.#geometries.size,
      materials: this.#materials.size,
      failedAssets: this.#geometries.failures + this.#textures.failures,
      skippedLights: this.#lights.skipped,
    };
  }

  dispose(): void {
    this.#outlines.dispose();
    this.#presence.dispose();
    this.gizmo.dispose();
    this.cube.dispose();
    this.snapMark.dispose();
    this.#wire?.dispose();
    this.#batches.dispose();
    this.#shots.dispose();
    this.#pictures.dispose();
    this.#lights.dispose();
    this.#materials.dispose();
    this.#textures.dispose();
    this.#geometries.dispose();
    this.#matrices.dispose();
    this.#surroundings.dispose();
    this.#surfaces.dispose();
    this.grid.dispose();
    if (this.#ownsCamera) this.camera.dispose();
    this.root.removeFromParent();
  }

  /** Shows what a camera sees in the corner; undefined for nothing. */
  showShot(camera: Entity | undefined): void {
    this.#shots.show(camera);
  }

  /** Looks through a camera of the document until another call; undefined for the rig's own eye. */
  lookThrough(camera: Entity | undefined): void {
    if (camera === this.#lookedThrough) return;
    if (this.#lookedThrough === undefined) this.#wasParallel = this.camera.parallel;
    else this.camera.restoreLens(this.#wasParallel);
    this.#lookedThrough = camera;
  }

  /** Draws shapes of these and below them alone; undefined for all. */
  isolate(entities: readonly Entity[] | undefined): void {
    this.#visibility.isolated = entities && new Set(entities);
    this.#batches.outdate();
  }

  /** What an entity's material looks like on a sphere. */
  materialPicture(entity: Entity): Promise<ImageData | undefined> {
    return this.#pictures.pictureOf(this.#surfaces.valueOf(entity));
  }

  #lookThroughCamera(): void {
    const entity = this.#lookedThrough;
    if (entity === undefined || this.#shots.lookThrough(entity, this.camera.camera)) return;
    this.lookThrough(undefined);
  }

  /** What no camera of the document sees. */
  #editorsOwn(): Object3D[] {
    const { marks } = this.#lights;
    const parts = [
      this.grid,
      marks,
      this.#outlines,
      this.#presence,
      this.gizmo,
      this.cube,
      this.snapMark,
    ];
    return parts.map(({ root }) => root);
  }

  #pageEye(): Eye {
    return { camera: this.camera.camera, target: this.camera.target, height: this.#size.y };
  }

  /**
   * Brings shapes and places up to date with the world. A frame does it anyway; whoever asks where
   * things are between two frames shall not be told of the last one.
   */
  #catchUp(): void {
    if (!this.pending) return;
    this.#matrices.update();
    const entities = this.#batches.update();
    const marks = this.#lights.update();
    this.#overlay.settle();
    this.#unseen = {
      entities: greater(this.#unseen.entities, entities),
      marks: this.#unseen.marks || marks,
    };
  }

  #castShadows(focus: Vector3): void {
    const { entities, marks } = this.#unseen;
    const changed = entities !== 'nothing' || marks || this.#texturesCame;
    this.#texturesCame = false;
    if (changed) {
      this.#batches.expandByAll(this.#box.makeEmpty());
      if (this.#box.isEmpty()) this.#sphere.set(focus, 0);
      else this.#box.getBoundingSphere(this.#sphere);
    }
    this.#surroundings.cast(this.#sphere, focus, changed);
    this.#lights.cast(this.#sphere, focus, changed);
  }

  #showSelection(change: BatchChange, marksChanged: boolean): void {
    const { own, hovered, others } = this.#selection;
    if (this.#selectionChanged) {
      const hover = hovered === undefined ? [] : [hovered];
      this.#outlines.set([
        ...others.map((each) => ({ ...each, level: 'others' as const })),
        { entities: hover, color: PALETTE.hover, level: 'hover' },
        { entities: own, color: PALETTE.selection, level: 'own' },
      ]);
    }
    if (this.#selectionChanged || marksChanged) {
      const selected = new Set(own.map(entityIndex));
      this.#lights.marks.setSelected((index) => selected.has(index));
    }
    this.#outlines.update(change);
    this.#selectionChanged = false;
  }

  #expand(box: Box3, index: number): void {
    const { bounds } = this.#batches;
    let found = bounds.expand(box, index);
    this.#matrices.links.forEachBelow(index, (below) => {
      found = bounds.expand(box, below) || found;
      return true;
    });
    if (!found) box.expandByPoint(this.#positionOf(index, new Vector3()));
  }

  #positionOf(index: number, out: Vector3): Vector3 {
    return out.fromArray(this.#matrices.array, index * MATRIX_STRIDE + POSITION_OFFSET);
  }

  *#targets(): Iterable<ScreenTarget> {
    const { bounds } = this.#batches;
    const box = new Box3();
    const point = new Vector3();
    for (let slot = 0; slot < bounds.count; slot++) {
      const entity = this.#world.entityAtIndex(bounds.memberAt(slot));
      if (this.#visibility.isLocked(entity)) continue;
      bounds.expand(box.makeEmpty(), bounds.memberAt(slot));
      yield { entity, point: box.getCenter(point) };
    }
    for (const entity of this.#lights.marked()) {
      if (this.#visibility.isLocked(entity)) continue;
      yield { entity, point: this.#positionOf(entityIndex(entity), point) };
    }
  }
}

function greater(a: BatchChange, b: BatchChange): BatchChange {
  return BATCH_CHANGES.indexOf(a) > BATCH_CHANGES.indexOf(b) ? a : b;
}
