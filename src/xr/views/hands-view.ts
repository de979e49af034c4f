import {
  BoxGeometry,
  CylinderGeometry,
  EdgesGeometry,
  Group,
  InstancedMesh,
  LineBasicMaterial,
  LineSegments,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  Object3D,
  RingGeometry,
  SphereGeometry,
  Vector3,
} from 'three';
import { displayColor } from '../../render/neutral-tone.ts';
import { PALETTE } from '../../render/palette.ts';
import type { HandAim, Interaction } from '../interaction/interaction.ts';
import type { Side } from '../interaction/settings.ts';

/** In the person's metres. */
const RAY_RADIUS = 0.0016;
const LONGEST_RAY = 3;
const DOT_RADIUS = 0.006;
const ARC_DOT = 0.012;
const SPOT_RADIUS = 0.22;
const MOST_ARC_POINTS = 42;
const MOST_JOINTS = 25;
const LEAST_JOINT = 0.005;
const LARGEST_JOINT = 0.012;
const FLOATS_PER_JOINT = 4;
const RENDER_ORDER = 960;

const up = new Vector3(0, 1, 0);
const scratch = new Object3D();
const matrix = new Matrix4();

/** What is seen of the person's own hands: rays, what they meet, bare fingers, the arc of a teleport. */
export class HandsView {
  readonly root = new Group();
  /** The bare fingers, in the person's room. */
  readonly room = new Group();
  readonly #sides: Readonly<Record<Side, SideView>> = {
    left: new SideView(),
    right: new SideView(),
  };
  readonly #arc = new InstancedMesh(
    new SphereGeometry(1, 8, 6),
    material(PALETTE.axisZ, 0.9),
    MOST_ARC_POINTS,
  );
  readonly #spot = new Mesh(
    new RingGeometry(0.72, 1, 40).rotateX(-Math.PI / 2),
    material(PALETTE.axisZ, 0.9),
  );
  readonly #volume = new LineSegments(
    new EdgesGeometry(new BoxGeometry(1, 1, 1)),
    new LineBasicMaterial({ color: displayColor(PALETTE.selection) }),
  );

  constructor() {
    this.root.name = 'hands';
    this.#arc.frustumCulled = false;
    this.root.add(this.#sides.left.root, this.#sides.right.root);
    this.root.add(this.#arc, this.#spot, this.#volume);
    this.room.add(this.#sides.left.joints, this.#sides.right.joints);
  }

  /** @param scale world metres to one of the person's */
  update(interaction: Interaction, scale: number): void {
    for (const side of ['left', 'right'] as const) {
      const aim = interaction.aims.find(({ hand }) => hand.side === side);
      this.#sides[side].show(aim, scale);
    }
    this.#showArc(interaction, scale);
    const { volume } = interaction;
    this.#volume.visible = volume !== undefined;
    if (volume === undefined) return;
    volume.getCenter(this.#volume.position);
    volume.getSize(this.#volume.scale);
  }

  dispose(): void {
    this.#sides.left.dispose();
    this.#sides.right.dispose();
    for (const object of [this.#arc, this.#spot, this.#volume]) {
      object.geometry.dispose();
      object.material.dispose();
    }
    this.#arc.dispose();
    this.root.removeFromParent();
    this.room.removeFromParent();
  }

  #showArc({ locomotion: { aim } }: Interaction, scale: number): void {
    this.#arc.visible = aim !== undefined;
    this.#spot.visible = aim?.spot !== undefined;
    if (aim === undefined) return;
    const color = displayColor(aim.spot ? PALETTE.axisZ : PALETTE.axisX);
    this.#arc.material.color.copy(color);
    this.#arc.count = Math.min(MOST_ARC_POINTS, aim.points.length);
    for (let at = 0; at < this.#arc.count; at++) {
      matrix.makeScale(ARC_DOT * scale, ARC_DOT * scale, ARC_DOT * scale);
      this.#arc.setMatrixAt(at, matrix.setPosition(aim.points[at]!));
    }
    this.#arc.instanceMatrix.needsUpdate = true;
    if (aim.spot === undefined) return;
    this.#spot.position.copy(aim.spot).addScaledVector(up, 0.01 * scale);
    this.#spot.scale.setScalar(SPOT_RADIUS * scale);
  }
}

/** One hand: its ray with a dot where it ends, and its joints where it holds no controller. */
class SideView {
  readonly root = new Group();
  readonly #ray = new Mesh(
    new CylinderGeometry(0.35, 1, 1, 8, 1, true).translate(0, 0.5, 0),
    material('#ffffff', 0.75),
  );
  readonly #dot = new Mesh(new SphereGeometry(DOT_RADIUS, 16, 12), material('#ffffff', 1));
  readonly joints = new InstancedMesh(
    new SphereGeometry(1, 12, 8),
    new MeshStandardMaterial({ color: '#d8c4b4', roughness: 0.7 }),
    MOST_JOINTS,
  );

  constructor() {
    this.joints.frustumCulled = false;
    this.#dot.renderOrder = RENDER_ORDER;
    this.#dot.material.depthTest = false;
    this.root.add(this.#ray, this.#dot);
  }

  show(aim: HandAim | undefined, scale: number): void {
    this.root.visible = aim !== undefined;
    this.joints.visible = aim !== undefined;
    if (aim === undefined) return;
    this.#showRay(aim, scale);
    this.#showJoints(aim);
  }

  dispose(): void {
    for (const object of [this.#ray, this.#dot, this.joints]) {
      object.geometry.dispose();
      object.material.dispose();
    }
    this.joints.dispose();
  }

  #showRay({ hand, reach, quiet }: HandAim, scale: number): void {
    const { origin, direction } = hand.ray;
    const length = reach ?? LONGEST_RAY * scale;
    this.#ray.visible = !quiet;
    this.#dot.visible = !quiet && reach !== undefined;
    this.#ray.position.set(...origin);
    this.#ray.quaternion.setFromUnitVectors(up, scratch.position.set(...direction));
    this.#ray.scale.set(
      RAY_RADIUS * scale,
      Math.min(length, LONGEST_RAY * scale),
      RAY_RADIUS * scale,
    );
    this.#dot.position
      .set(...direction)
      .multiplyScalar(length)
      .add(this.#ray.position);
    this.#dot.scale.setScalar(scale);
  }

  #showJoints({ hand }: HandAim): void {
    const all = hand.controls.source.hand?.all ?? [];
    this.joints.count = Math.min(MOST_JOINTS, all.length / FLOATS_PER_JOINT);
    this.joints.visible = this.joints.count > 0;
    for (let joint = 0; joint < this.joints.count; joint++) {
      const at = joint * FLOATS_PER_JOINT;
      const size = Math.min(LARGEST_JOINT, Math.max(LEAST_JOINT, all[at + 3]!));
      matrix.makeScale(size, size, size).setPosition(all[at]!, all[at + 1]!, all[at + 2]!);
      this.joints.setMatrixAt(joint, matrix);
    }
    this.joints.instanceMatrix.needsUpdate = true;
  }
}

function material(color: string, opacity: number): MeshBasicMaterial {
  return new MeshBasicMaterial({
    color: displayColor(color),
    opacity,
    transparent: opacity < 1,
    depthWrite: opacity === 1,
  });
}
