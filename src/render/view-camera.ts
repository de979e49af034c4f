import { type Camera, PerspectiveCamera, Vector3 } from 'three';

const RADIANS = Math.PI / 180;
const scratchForward = new Vector3();
const scratchOffset = new Vector3();

/**
 * A camera of which the view is parallel or converges as one likes. A parallel view shows as much as the
 * converging one does at the distance of what it looks at, so that changing over moves nothing there; and
 * camera-controls, which knows it as a perspective camera, dollies and pans in both alike.
 */
export class ViewCamera extends PerspectiveCamera {
  /** Three's own mark: its shaders go by it. */
  isOrthographicCamera = false;
  /** Of a parallel view, in metres. */
  halfHeight = 1;

  override updateProjectionMatrix(): void {
    // Not there yet while the super class is made.
    if (this.isOrthographicCamera !== true) {
      super.updateProjectionMatrix();
      return;
    }
    const { halfHeight, near, far, coordinateSystem, reversedDepth } = this;
    const halfWidth = halfHeight * this.aspect;
    this.projectionMatrix.makeOrthographic(
      -halfWidth,
      halfWidth,
      halfHeight,
      -halfHeight,
      near,
      far,
      coordinateSystem,
      reversedDepth,
    );
    this.projectionMatrixInverse.copy(this.projectionMatrix).invert();
  }
}

/** Whether the rays of its view are parallel. */
export function isParallel(camera: Camera): camera is ViewCamera {
  return (camera as ViewCamera).isOrthographicCamera === true;
}

/** World metres that a CSS pixel covers at a point, in a viewport so many pixels high. */
export function metresPerPixel(camera: PerspectiveCamera, point: Vector3, height: number): number {
  const pixels = Math.max(1, height);
  if (isParallel(camera)) return (2 * camera.halfHeight) / pixels;
  const toPoint = scratchOffset.subVectors(point, camera.position);
  const depth = Math.max(camera.near, toPoint.dot(camera.getWorldDirection(scratchForward)));
  return (2 * depth * Math.tan((camera.fov / 2) * RADIANS)) / (pixels * camera.zoom);
}

/** The unit direction from a point to whoever looks. Writes it into `out`. */
export function towardsViewer(camera: Camera, point: Vector3, out: Vector3): Vector3 {
  if (isParallel(camera)) return camera.getWorldDirection(out).negate();
  return out.subVectors(camera.position, point).normalize();
}

/** What a sprite of constant size on the screen is to be scaled by: three itself sees only to converging views. */
export function spriteScale(camera: PerspectiveCamera): number {
  return isParallel(camera) ? camera.halfHeight / Math.tan((camera.fov / 2) * RADIANS) : 1;
}
