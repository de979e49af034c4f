import { Vector3 } from 'three';
import type { CameraView } from '../../editor/editor.ts';
import type { ViewCamera } from '../../render/view-camera.ts';

/** A camera as the editor's tools see it; `height` of the viewport in CSS pixels. */
export function cameraView(camera: ViewCamera, height: number): CameraView {
  const [right, up, back] = [new Vector3(), new Vector3(), new Vector3()];
  camera.matrixWorld.extractBasis(right, up, back);
  const pixels = Math.max(1, height);
  const halfAngle = ((camera.fov / 2) * Math.PI) / 180;
  return {
    position: camera.position.toArray(),
    right: right.normalize().toArray(),
    up: up.normalize().toArray(),
    forward: back.normalize().negate().toArray(),
    perspective: !camera.isOrthographicCamera,
    scale: camera.isOrthographicCamera
      ? (2 * camera.halfHeight) / pixels
      : (2 * Math.tan(halfAngle)) / (pixels * camera.zoom),
  };
}
