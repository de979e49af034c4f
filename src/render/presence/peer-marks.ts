import {
  BufferGeometry,
  ConeGeometry,
  DoubleSide,
  Float32BufferAttribute,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  type PerspectiveCamera,
  PlaneGeometry,
  Quaternion,
  Vector3,
} from 'three';
import { frustumSegments } from '../helpers/shapes.ts';
import { displayColor } from '../neutral-tone.ts';
import { metresPerPixel, spriteScale } from '../view-camera.ts';
import { Avatar, type AvatarPose, NAME_ABOVE_M } from './avatar.ts';
import { Label } from './label.ts';

type Triple = readonly [number, number, number];

/** Another person as they are to be seen, in world space. */
export interface PeerView {
  readonly peer: string;
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
  /** Where their pointer rests on the scene, and which way that surface faces. */
  readonly cursor?: { readonly point: Triple; readonly normal?: Triple } | undefined;
  /** Their camera or head, looking along its negative z. */
  readonly view?:
    | { readonly position: Triple; readonly rotation: readonly [number, number, number, number] }
    | undefined;
  /** Somebody in a headset, who has neither of the two above: where they are at a moment. */
  readonly avatar?: AvatarSource | undefined;
}

export interface AvatarSource {
  /** @param now ms, as `performance.now()` */
  at(now: number): AvatarPose | undefined;
}

/** Seconds in which a mark goes most of the way to where it should be. */
const SMOOTH_SECONDS = 0.07;
const ARRIVED_METRES = 0.0005;
const ARRIVED_RADIANS = 0.0005;
/** Farther than this is a jump, not a movement. */
const JUMP_METRES = 50;
const INSIDE_METRES = 0.6;
const CURSOR_PIXELS = 20;
const CURSOR_ASPECT = 0.32;
const FRUSTUM = { halfWidth: 0.32, halfHeight: 0.2, far: 0.42 } as const;
const SCREEN_ALPHA = 0.16;
const LINE_ALPHA = 0.9;
const UP = new Vector3(0, 1, 0);

/** The cursor, the view frustum and the labels of one person; they glide to where they are told. */
export class PeerMarks {
  readonly root = new Group();
  readonly name: string;
  readonly color: string;
  readonly #cursor: Mesh<ConeGeometry, MeshBasicMaterial>;
  readonly #cursorLabel: Label;
  readonly #viewLabel: Label;
  readonly #view = new Group();
  readonly #lines: LineSegments<BufferGeometry, LineBasicMaterial>;
  readonly #screen: Mesh<PlaneGeometry, MeshBasicMaterial>;
  readonly #avatar: Avatar;
  #source: AvatarSource | undefined;
  readonly #cursorGoal = new Vector3();
  readonly #cursorTurn = new Quaternion();
  readonly #viewGoal = new Vector3();
  readonly #viewTurn = new Quaternion();

  constructor(name: string, color: string) {
    this.name = name;
    this.color = color;
    const shown = displayColor(color);
    this.#cursor = new Mesh(cursorGeometry(), new MeshBasicMaterial({ color: shown, fog: false }));
    this.#lines = new LineSegments(
      frustumGeometry(),
      new LineBasicMaterial({ color: shown, transparent: true, opacity: LINE_ALPHA, fog: false }),
    );
    this.#screen = new Mesh(
      new PlaneGeometry(2 * FRUSTUM.halfWidth, 2 * FRUSTUM.halfHeight),
      new MeshBasicMaterial({
        color: shown,
        transparent: true,
        opacity: SCREEN_ALPHA,
        side: DoubleSide,
        depthWrite: false,
        fog: false,
      }),
    );
    this.#screen.position.z = -FRUSTUM.far;
    this.#cursorLabel = new Label(name, color);
    this.#viewLabel = new Label(name, color);
    this.#view.add(this.#lines, this.#screen);
    this.#avatar = new Avatar(color);
    this.root.add(this.#avatar.root);
    this.root.add(this.#cursor, this.#view, this.#cursorLabel.sprite, this.#viewLabel.sprite);
    this.#showCursor(false);
    this.#showView(false);
  }

  /** Where the marks shall be; what is missing hides. */
  aim({ cursor, view, avatar }: PeerView): void {
    this.#source = avatar;
    if (cursor !== undefined) {
      this.#cursorGoal.set(...cursor.point);
      this.#cursorTurn.setFromUnitVectors(UP, new Vector3(...(cursor.normal ?? [0, 1, 0])));
      if (!this.#cursor.visible || isJump(this.#cursor.position, this.#cursorGoal)) {
        this.#cursor.position.copy(this.#cursorGoal);
        this.#cursor.quaternion.copy(this.#cursorTurn);
      }
    }
    if (view !== undefined) {
      this.#viewGoal.set(...view.position);
      this.#viewTurn.set(...view.rotation).normalize();
      if (!this.#view.visible || isJump(this.#view.position, this.#viewGoal)) {
        this.#view.position.copy(this.#viewGoal);
        this.#view.quaternion.copy(this.#viewTurn);
      }
    }
    this.#showCursor(cursor !== undefined);
    this.#showView(view !== undefined);
  }

  /** Glides on by `seconds`; returns whether there is still way to go. */
  update(seconds: number, camera: PerspectiveCamera, height: number): boolean {
    const share = 1 - Math.exp(-seconds / SMOOTH_SECONDS);
    const cursorMoves =
      this.#cursor.visible && glide(this.#cursor, this.#cursorGoal, this.#cursorTurn, share);
    const viewMoves =
      this.#view.visible && glide(this.#view, this.#viewGoal, this.#viewTurn, share);
    const { position } = this.#cursor;
    this.#cursor.scale.setScalar(CURSOR_PIXELS * metresPerPixel(camera, position, height));
    this.#cursorLabel.sprite.position.copy(UP).applyQuaternion(this.#cursor.quaternion);
    this.#cursorLabel.sprite.position.multiplyScalar(this.#cursor.scale.x).add(position);
    const walks = this.#showAvatar(performance.now());
    if (!walks) this.#viewLabel.sprite.position.copy(this.#view.position);
    const scale = spriteScale(camera);
    this.#cursorLabel.scale = scale;
    this.#viewLabel.scale = scale;
    this.#hideWhenInside(camera);
    return cursorMoves || viewMoves || walks;
  }

  dispose(): void {
    for (const mesh of [this.#cursor, this.#lines, this.#screen]) {
      mesh.geometry.dispose();
      mesh.material.dispose();
    }
    this.#avatar.dispose();
    this.#cursorLabel.dispose();
    this.#viewLabel.dispose();
    this.root.removeFromParent();
  }

  /** Somebody in a headset, as they are at this moment. Returns whether there is one. */
  #showAvatar(now: number): boolean {
    const pose = this.#source?.at(now);
    this.#avatar.show(pose);
    if (pose === undefined) return false;
    this.#viewLabel.sprite.position.set(...pose.head.position);
    this.#viewLabel.sprite.position.y += NAME_ABOVE_M * pose.scale;
    return true;
  }

  /** Someone's view seen from within it, as when following them, would only be in the way. */
  #hideWhenInside(camera: PerspectiveCamera): void {
    const apart = camera.position.distanceTo(this.#view.position) > INSIDE_METRES;
    this.#lines.visible = apart;
    this.#screen.visible = apart;
    this.#viewLabel.sprite.visible = (apart && this.#view.visible) || this.#avatar.visible;
  }

  #showCursor(visible: boolean): void {
    this.#cursor.visible = visible;
    this.#cursorLabel.sprite.visible = visible;
  }

  #showView(visible: boolean): void {
    this.#view.visible = visible;
    this.#viewLabel.sprite.visible = visible;
  }
}

/** A cone one unit high, its tip at the origin. */
function cursorGeometry(): ConeGeometry {
  const cone = new ConeGeometry(CURSOR_ASPECT, 1, 20);
  return cone.rotateX(Math.PI).translate(0, 0.5, 0);
}

function frustumGeometry(): BufferGeometry {
  const segments = frustumSegments(FRUSTUM.halfWidth, FRUSTUM.halfHeight, FRUSTUM.far, 0);
  const geometry = new BufferGeometry();
  return geometry.setAttribute('position', new Float32BufferAttribute(segments, 3));
}

function isJump(from: Vector3, to: Vector3): boolean {
  return from.distanceToSquared(to) > JUMP_METRES * JUMP_METRES;
}

/** Moves an object a share of its way; once nearly there, all of it. Returns whether it moved. */
function glide(
  object: { readonly position: Vector3; readonly quaternion: Quaternion },
  goal: Vector3,
  turn: Quaternion,
  share: number,
): boolean {
  const far = object.position.distanceTo(goal) > ARRIVED_METRES;
  const turned = object.quaternion.angleTo(turn) > ARRIVED_RADIANS;
  if (far) object.position.lerp(goal, share);
  else object.position.copy(goal);
  if (turned) object.quaternion.slerp(turn, share);
  else object.quaternion.copy(turn);
  return far || turned;
}
