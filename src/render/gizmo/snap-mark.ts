import { Mesh, MeshBasicMaterial, type PerspectiveCamera, SphereGeometry } from 'three';
import { displayColor } from '../neutral-tone.ts';
import { PALETTE } from '../palette.ts';
import { metresPerPixel } from '../view-camera.ts';

const RADIUS_PIXELS = 5;
/** Over the gizmo's handles. */
const RENDER_ORDER = 1100;

/** A dot where a move has snapped to another shape. */
export class SnapMark {
  readonly root = new Mesh(
    new SphereGeometry(1, 16, 12),
    new MeshBasicMaterial({
      color: displayColor(PALETTE.gizmoHighlight),
      transparent: true,
      depthTest: false,
      depthWrite: false,
      fog: false,
    }),
  );

  constructor() {
    this.root.name = 'snap mark';
    this.root.visible = false;
    this.root.renderOrder = RENDER_ORDER;
  }

  /** In world metres; `undefined` for none. */
  set at(point: readonly [number, number, number] | undefined) {
    this.root.visible = point !== undefined;
    if (point !== undefined) this.root.position.set(...point);
  }

  /** Keeps its size on the screen. `height` of the viewport in CSS pixels. */
  update(camera: PerspectiveCamera, height: number): void {
    const { root } = this;
    root.scale.setScalar(RADIUS_PIXELS * metresPerPixel(camera, root.position, height));
  }

  dispose(): void {
    this.root.geometry.dispose();
    this.root.material.dispose();
    this.root.removeFromParent();
  }
}
