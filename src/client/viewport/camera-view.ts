import { type PerspectiveCamera, Vector3 } from 'three';
import type { CameraView } from '../../editor/editor.ts';

/** A camera as the editor's tools see it; `height` of the viewport in CSS pixels. */
export function cameraView(camera: PerspectiveCamera, height: number): CameraView {
  const [right, up, back] = [new Vector3(), new Vector3(), new Vector3()];
  camera.matrixWorld.extractBasis(right, up, back);
  const halfAngle = ((camera.fov / 2) * Math.PI) / 180;
  return {
    position: camera.position.toArray(),
    right: right.normalize().toArray(),
    up: up.normalize().toArray(),
    forward: back.normalize().negate().toArray(),
    perspective: true,
    scale: (2 * Math.tan(halfAngle)) / (Math.max(1, height) * camera.zoom),
  };
}
