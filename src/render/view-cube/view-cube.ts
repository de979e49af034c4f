import {
  type BufferGeometry,
  Group,
  Matrix4,
  type Mesh,
  type MeshBasicMaterial as OverlayMaterial,
  type PerspectiveCamera,
  Quaternion,
  Vector3,
} from 'three';
import { isParallel } from '../view-camera.ts';
import {
  type AxisName,
  createAxisBar,
  createAxisLetter,
  createCube,
  createHighlight,
  highlightGeometry,
} from './cube-parts.ts';
import { CUBE_SIDE, type CubeRegion, cubeCentre } from './cube-region.ts';

const AXES: readonly AxisName[] = ['x', 'y', 'z'];
/** After the gizmo, which is the last of all else. */
const RENDER_ORDER = 2000;
/** Deep enough for no rounding, and too flat for perspective to bend it. */
const FLATNESS = 0.01;
const RADIANS = Math.PI / 180;

/** How large the viewport is. CSS pixels. */
export interface ViewSize {
  readonly x: number;
  readonly y: number;
}

/**
 * A cube in the corner of the view that shows how the camera is turned. It is an object of the scene, right
 * before the camera and pressed flat along the line of sight: so both renderers draw it, in either
 * projection, as if it had a camera of its own.
 */
export class ViewCube {
  readonly root = new Group();
  readonly #cube = createCube();
  readonly #highlight = createHighlight();
  readonly #bars = AXES.map(createAxisBar);
  readonly #letters = AXES.map(createAxisLetter);
  readonly #turn = new Quaternion();
  readonly #viewer = new Vector3();
  readonly #place = new Matrix4();
  readonly #rotation = new Matrix4();
  #hovered: CubeRegion | undefined;

  constructor() {
    this.root.name = 'view cube';
    this.root.matrixAutoUpdate = false;
    this.root.add(this.#cube, this.#highlight, ...this.#bars, ...this.#letters);
    for (const mesh of this.#meshes) mesh.frustumCulled = false;
    this.#cube.renderOrder = RENDER_ORDER;
    this.#highlight.renderOrder = RENDER_ORDER + 1;
    this.#highlight.visible = false;
  }

  get hovered(): CubeRegion | undefined {
    return this.#hovered;
  }

  /** The part to be highlighted. */
  set hovered(region: CubeRegion | undefined) {
    this.#hovered = region;
    this.#highlight.visible = region !== undefined;
    if (region === undefined) return;
    this.#highlight.geometry.dispose();
    this.#highlight.geometry = highlightGeometry(region);
  }

  /** Follows a camera, for a viewport of that size. */
  update(camera: PerspectiveCamera, size: ViewSize): void {
    this.#turn.copy(camera.quaternion).invert();
    this.#stand(camera, size);
    this.#viewer.set(0, 0, 1).applyQuaternion(camera.quaternion);
    for (const [at, axis] of AXES.entries()) {
      const order = RENDER_ORDER + (this.#isBefore(axis) ? 2 : -2);
      this.#bars[at]!.renderOrder = order;
      this.#letters[at]!.renderOrder = order + 1;
      this.#letters[at]!.quaternion.copy(camera.quaternion);
    }
  }

  dispose(): void {
    for (const mesh of this.#meshes) {
      mesh.geometry.dispose();
      for (const material of [mesh.material].flat()) {
        material.map?.dispose();
        material.dispose();
      }
    }
    this.root.removeFromParent();
  }

  get #meshes(): readonly Mesh<BufferGeometry, OverlayMaterial | OverlayMaterial[]>[] {
    return [this.#cube, this.#highlight, ...this.#bars, ...this.#letters];
  }

  /** Nothing here tests depth: a bar covers the cube where one of the faces that it runs along is seen. */
  #isBefore(axis: AxisName): boolean {
    return AXES.some((other) => other !== axis && this.#viewer[other] < 0);
  }

  #stand(camera: PerspectiveCamera, { x: width, y: height }: ViewSize): void {
    const depth = isParallel(camera) ? camera.halfHeight : camera.near * 4;
    const halfHeight = isParallel(camera)
      ? camera.halfHeight
      : (depth * Math.tan((camera.fov / 2) * RADIANS)) / camera.zoom;
    const pixel = (2 * halfHeight) / Math.max(1, height);
    const { x, y } = cubeCentre(width);
    this.#place.makeTranslation((x - width / 2) * pixel, (height / 2 - y) * pixel, -depth);
    const unit = (CUBE_SIDE / 2) * pixel;
    this.root.matrix
      .copy(camera.matrixWorld)
      .multiply(this.#place)
      .scale(this.#viewer.set(unit, unit, unit * FLATNESS))
      .multiply(this.#rotation.makeRotationFromQuaternion(this.#turn));
    this.root.matrixWorldNeedsUpdate = true;
  }
}
