import {
  BoxGeometry,
  BufferGeometry,
  CapsuleGeometry,
  Float32BufferAttribute,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshStandardMaterial,
  SphereGeometry,
} from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { displayColor } from '../neutral-tone.ts';
import type { TrackedPose } from './pose-track.ts';

/** A person in a headset: head and hands in world space, and how large they are. */
export interface AvatarPose {
  readonly head: TrackedPose;
  readonly left?: TrackedPose | undefined;
  readonly right?: TrackedPose | undefined;
  /** World metres to one of theirs. */
  readonly scale: number;
}

const RAY_M = 2;
const RAY_OPACITY = 0.35;
const VISOR = '#15171c';
/** Above the middle of the head, in the person's metres. */
export const NAME_ABOVE_M = 0.2;

/** A head with a headset on, and two hands with their rays, in a person's colour. */
export class Avatar {
  readonly root = new Group();
  readonly #head: Mesh<BufferGeometry, MeshStandardMaterial>;
  readonly #hands: readonly [left: Group, right: Group];
  readonly #skin: MeshStandardMaterial;
  readonly #hand = new CapsuleGeometry(0.028, 0.06, 6, 12).rotateX(Math.PI / 2);
  readonly #ray = new BufferGeometry();
  readonly #line: LineBasicMaterial;

  constructor(color: string) {
    this.root.name = 'avatar';
    this.#skin = new MeshStandardMaterial({ color: displayColor(color), roughness: 0.6 });
    this.#head = new Mesh(
      headGeometry(color),
      new MeshStandardMaterial({ vertexColors: true, roughness: 0.5 }),
    );
    this.#ray.setAttribute('position', new Float32BufferAttribute([0, 0, 0, 0, 0, -RAY_M], 3));
    this.#line = new LineBasicMaterial({
      color: displayColor(color),
      transparent: true,
      opacity: RAY_OPACITY,
    });
    this.#hands = [this.#createHand(), this.#createHand()];
    this.root.add(this.#head, ...this.#hands);
    this.root.visible = false;
  }

  get visible(): boolean {
    return this.root.visible;
  }

  /** Shows the person so; undefined hides them. */
  show(pose: AvatarPose | undefined): void {
    this.root.visible = pose !== undefined;
    if (pose === undefined) return;
    place(this.#head, pose.head, pose.scale);
    const [left, right] = this.#hands;
    place(left, pose.left, pose.scale);
    place(right, pose.right, pose.scale);
  }

  dispose(): void {
    this.#head.geometry.dispose();
    this.#head.material.dispose();
    this.#hand.dispose();
    this.#ray.dispose();
    this.#skin.dispose();
    this.#line.dispose();
    this.root.removeFromParent();
  }

  #createHand(): Group {
    const hand = new Group();
    hand.add(new Mesh(this.#hand, this.#skin), new LineSegments(this.#ray, this.#line));
    return hand;
  }
}

function place(object: Mesh | Group, pose: TrackedPose | undefined, scale: number): void {
  object.visible = pose !== undefined;
  if (pose === undefined) return;
  object.position.set(...pose.position);
  object.quaternion.set(...pose.rotation);
  object.scale.setScalar(scale);
}

/** Looks along its negative z. */
function headGeometry(color: string): BufferGeometry {
  const skull = colored(
    new SphereGeometry(0.1, 24, 18).scale(0.9, 1.12, 1).translate(0, -0.02, 0.05),
    color,
  );
  const visor = colored(
    new BoxGeometry(0.17, 0.085, 0.07, 2, 2, 2).translate(0, 0.005, -0.04),
    VISOR,
  );
  return mergeGeometries([skull, visor]);
}

function colored(geometry: BufferGeometry, css: string): BufferGeometry {
  const { r, g, b } = displayColor(css);
  const count = geometry.getAttribute('position').count;
  const colors = Array.from({ length: count }, () => [r, g, b]).flat();
  return geometry.setAttribute('color', new Float32BufferAttribute(colors, 3));
}
