import {
  HalfFloatType,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  OrthographicCamera,
  PerspectiveCamera,
  PlaneGeometry,
  Quaternion,
  type Scene,
  type Vector2,
  Vector3,
  WebGLRenderTarget,
} from 'three';
import type { Plain } from '../ecs/component.ts';
import { Camera } from '../ecs/components/index.ts';
import { type Entity, entityIndex } from '../ecs/entity.ts';
import type { Renderer } from './backends.ts';
import type { FieldOverlay } from './field-overlay.ts';
import { MATRIX_STRIDE } from './matrix-math.ts';
import { isParallel, metresPerPixel, type ViewCamera } from './view-camera.ts';
import type { WorldMatrices } from './world-matrices.ts';

export type CameraValue = Plain<typeof Camera>;

/** CSS pixels: the picture in the viewport's lower right corner, as long as there is room. */
export const SHOT_BOX = { width: 256, height: 144, margin: 12, mostShare: 0.36 } as const;

/** CSS pixels of the picture in a viewport of this width. */
export function shotSize(viewportWidth: number): { width: number; height: number } {
  const width = Math.min(SHOT_BOX.width, viewportWidth * SHOT_BOX.mostShare);
  return { width, height: (width * SHOT_BOX.height) / SHOT_BOX.width };
}

const ASPECT = SHOT_BOX.width / SHOT_BOX.height;
const SAMPLES = 4;
const RENDER_ORDER = 950;
/** In front of the camera, in lengths of its near plane. */
const SCREEN_DISTANCE = 2;
/** Of a parallel view, whose near plane is behind it: metres. */
const PARALLEL_DISTANCE = 1;

/** What the document's cameras see: as a picture in the corner, and through the viewport's own camera. */
export class CameraShots {
  /** The picture in the corner. */
  readonly root: Mesh<PlaneGeometry, MeshBasicMaterial>;
  readonly #matrices: WorldMatrices;
  readonly #overlay: FieldOverlay;
  readonly #perspective = new PerspectiveCamera(50, ASPECT);
  readonly #orthographic = new OrthographicCamera();
  readonly #position = new Vector3();
  readonly #rotation = new Quaternion();
  readonly #scale = new Vector3();
  readonly #matrix = new Matrix4();
  #target: WebGLRenderTarget | undefined;
  #shown: Entity | undefined;

  constructor(matrices: WorldMatrices, overlay: FieldOverlay) {
    this.#matrices = matrices;
    this.#overlay = overlay;
    const material = new MeshBasicMaterial({
      depthTest: false,
      depthWrite: false,
      transparent: true,
      fog: false,
    });
    this.root = new Mesh(new PlaneGeometry(1, 1), material);
    this.root.name = 'camera shot';
    this.root.renderOrder = RENDER_ORDER;
    this.root.frustumCulled = false;
    this.root.matrixAutoUpdate = false;
    this.root.visible = false;
  }

  /** Shows what this camera sees in the corner; nothing with undefined, or where it is no camera. */
  show(camera: Entity | undefined): void {
    this.#shown = camera;
  }

  /** Puts the viewport's camera into a camera of the document; false where that is none. */
  lookThrough(entity: Entity, viewer: ViewCamera): boolean {
    const value = this.#overlay.get(entity, Camera);
    if (value === undefined) return false;
    this.#place(entity, viewer);
    viewer.isOrthographicCamera = value.kind === 'orthographic';
    viewer.halfHeight = value.size / 2;
    viewer.fov = value.fov;
    viewer.near = value.near;
    viewer.far = value.far;
    viewer.updateProjectionMatrix();
    viewer.updateMatrixWorld();
    return true;
  }

  /** Places the corner's picture before the viewport's camera. CSS pixels. */
  update(viewer: PerspectiveCamera, viewport: Vector2): void {
    const entity = this.#shown;
    const shown = entity !== undefined && this.#overlay.has(entity, Camera);
    this.root.visible = shown;
    if (!shown) return;
    const { width, height } = shotSize(viewport.x);
    const distance = isParallel(viewer) ? PARALLEL_DISTANCE : viewer.near * SCREEN_DISTANCE;
    const point = scratch.set(0, 0, -distance).applyMatrix4(viewer.matrixWorld);
    const pixel = metresPerPixel(viewer, point, viewport.y);
    const right = (viewport.x / 2 - SHOT_BOX.margin - width / 2) * pixel;
    const down = (viewport.y / 2 - SHOT_BOX.margin - height / 2) * pixel;
    this.#matrix.compose(
      this.#position.set(right, -down, -distance),
      this.#rotation.identity(),
      this.#scale.set(width * pixel, height * pixel, 1),
    );
    this.root.matrix.multiplyMatrices(viewer.matrixWorld, this.#matrix);
    this.root.matrixWorldNeedsUpdate = true;
  }

  /** Draws the corner's picture, without what is the editor's own. Call it before the frame is drawn. */
  render(renderer: Renderer, scene: Scene, editors: readonly Object3D[]): void {
    if (!this.root.visible || this.#shown === undefined) return;
    const camera = this.#cameraOf(this.#shown);
    if (camera === undefined) return;
    const seen = [this.root, ...editors].filter(({ visible }) => visible);
    for (const object of seen) object.visible = false;
    const target = renderer.getRenderTarget();
    renderer.setRenderTarget(this.#targetFor(renderer));
    renderer.render(scene, camera);
    renderer.setRenderTarget(target as WebGLRenderTarget | null);
    for (const object of seen) object.visible = true;
  }

  dispose(): void {
    this.#target?.dispose();
    this.root.geometry.dispose();
    this.root.material.dispose();
    this.root.removeFromParent();
  }

  #cameraOf(entity: Entity): PerspectiveCamera | OrthographicCamera | undefined {
    const value = this.#overlay.get(entity, Camera);
    if (value === undefined) return undefined;
    const camera = value.kind === 'perspective' ? this.#perspective : this.#orthographic;
    this.#place(entity, camera);
    if (camera instanceof PerspectiveCamera) setLens(camera, value.fov, value.near, value.far);
    else setFlatLens(camera, value);
    camera.updateMatrixWorld();
    return camera;
  }

  #place(entity: Entity, camera: PerspectiveCamera | OrthographicCamera): void {
    this.#matrix.fromArray(this.#matrices.array, entityIndex(entity) * MATRIX_STRIDE);
    this.#matrix.decompose(camera.position, camera.quaternion, this.#scale);
  }

  #targetFor(renderer: Renderer): WebGLRenderTarget {
    if (this.#target === undefined) {
      const ratio = renderer.getPixelRatio();
      this.#target = new WebGLRenderTarget(SHOT_BOX.width * ratio, SHOT_BOX.height * ratio, {
        type: HalfFloatType,
        samples: SAMPLES,
      });
      this.root.material.map = this.#target.texture;
      this.root.material.needsUpdate = true;
    }
    return this.#target;
  }
}

const scratch = new Vector3();

function setLens(camera: PerspectiveCamera, fov: number, near: number, far: number): void {
  if (camera.fov === fov && camera.near === near && camera.far === far) return;
  camera.fov = fov;
  camera.near = near;
  camera.far = far;
  camera.updateProjectionMatrix();
}

function setFlatLens(camera: OrthographicCamera, { size, near, far }: CameraValue): void {
  camera.top = size / 2;
  camera.bottom = -size / 2;
  camera.right = (size / 2) * ASPECT;
  camera.left = -camera.right;
  camera.near = near;
  camera.far = far;
  camera.updateProjectionMatrix();
}
