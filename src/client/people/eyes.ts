import { Quaternion, Vector3 } from 'three';
import type { Editor } from '../../editor/editor.ts';
import type { CameraRig } from '../../render/camera-rig.ts';
import type { PeerPresence } from '../presence/presence-receiver.ts';

/** What is shown in a headset. */
interface Wearing {
  /** Brings its person before somebody. */
  goTo(peer: string): void;
}

/** Who is followed by somebody in a headset may go so far, and is not come after more often. */
const COME_AFTER_M = 2;
const COME_AFTER_MS = 1500;

export interface EyesOptions {
  readonly editor: Editor;
  readonly rig: CameraRig;
  /** What is shown in the headset that one wears, if one does. */
  readonly headset: () => Wearing | undefined;
  readonly presenceOf: (peer: number) => PeerPresence | undefined;
}

type EyePose = NonNullable<PeerPresence['view']>;

/** Looks with others' eyes: while one is followed, and once when somebody gathers everybody. */
export class Eyes {
  readonly #options: EyesOptions;
  #shown: EyePose | undefined;
  /** Where the one who is followed was when one came there, in a headset. */
  #cameTo: { readonly peer: string; readonly place: Vector3; readonly at: number } | undefined;

  constructor(options: EyesOptions) {
    this.#options = options;
  }

  /** Once a frame: goes where the one who is followed looks from. */
  update(now: number): void {
    const { editor, rig } = this.#options;
    const { following } = editor.people.getState();
    const eye = following === '' ? undefined : this.#eyeOf(Number(following), now);
    if (following === '') this.#cameTo = undefined;
    if (eye === undefined || eye === this.#shown) return;
    this.#shown = eye;
    const stage = this.#options.headset();
    if (stage === undefined) rig.glideTo(poseOf(eye, rig));
    else this.#accompany(stage, following, eye, now);
  }

  /** In a headset nobody is moved along, which makes people sick: they come after, in one step. */
  #accompany(stage: Wearing, peer: string, { position }: EyePose, now: number): void {
    const came = this.#cameTo;
    if (came?.peer === peer) {
      const away = new Vector3(...position).distanceTo(came.place);
      if (away < COME_AFTER_M || now - came.at < COME_AFTER_MS) return;
    }
    this.#cameTo = { peer, place: new Vector3(...position), at: now };
    stage.goTo(peer);
  }

  /** An admin asks everybody to come: with a word, and a way back. */
  gather(peer: number): void {
    const { editor, rig } = this.#options;
    const admin = editor.people.getState().others.find((each) => each.peer === String(peer));
    const eye = this.#eyeOf(peer, performance.now());
    if (admin === undefined || eye === undefined) return;
    const stage = this.#options.headset();
    if (stage) {
      stage.goTo(String(peer));
      return;
    }
    const before = rig.pose;
    editor.follow(undefined);
    rig.glideTo(poseOf(eye, rig));
    editor.notify({
      kind: 'info',
      text: `${admin.name} has gathered everyone here.`,
      action: { label: 'Go back', run: () => rig.setPose(before) },
    });
  }

  #eyeOf(peer: number, now: number): EyePose | undefined {
    const { view, avatar } = this.#options.presenceOf(peer) ?? {};
    const head = avatar?.at(now)?.head;
    return head ? { position: [...head.position], rotation: [...head.rotation] } : view;
  }
}

/** What the rig has to look at to see what an eye sees: as far ahead as it looks at now. */
function poseOf({ position, rotation }: EyePose, rig: CameraRig): CameraRig['pose'] {
  const away = Math.max(0.1, rig.camera.position.distanceTo(rig.target));
  const ahead = new Vector3(0, 0, -away).applyQuaternion(new Quaternion(...rotation));
  const target = ahead.add(new Vector3(...position));
  return { position: [...position], target: target.toArray() };
}
