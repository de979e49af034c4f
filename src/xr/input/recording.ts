import { z } from 'zod';
import { ThetaError } from '../../shared/errors.ts';
import type { InputFrame, InputSourceState, RoomPose } from './input-frame.ts';

/** Frames that a recording may have: ten minutes at 90 a second. */
const MOST_FRAMES = 54_000;
/** A tenth of a millimetre, and of a degree or so. */
const DECIMALS = 4;

const vector = z.tuple([z.number(), z.number(), z.number()]);
const pose = z.tuple([
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
]);
const joints = z.object({
  thumb: vector,
  index: vector,
  middle: vector,
});
const source = z.object({
  /** Which of the recording's kinds of source. */
  k: z.int().min(0),
  ray: pose.optional(),
  grip: pose.optional(),
  b: z.array(z.number()).max(16).default([]),
  a: z.array(z.number()).max(8).default([]),
  hand: joints.optional(),
});
const RECORDING = z.object({
  theta: z.literal('xr-input 1'),
  kinds: z
    .array(
      z.object({
        handedness: z.enum(['left', 'right', 'none']),
        targetRayMode: z.enum(['tracked-pointer', 'transient-pointer', 'gaze', 'screen']),
        profiles: z.array(z.string().max(128)).max(16),
      }),
    )
    .max(64),
  frames: z
    .array(z.object({ t: z.number(), v: pose.optional(), s: z.array(source).max(16).default([]) }))
    .max(MOST_FRAMES),
});

type StoredSource = z.input<typeof source>;
type StoredPose = z.infer<typeof pose>;
type Kind = Pick<InputSourceState, 'handedness' | 'targetRayMode' | 'profiles'>;

/**
 * XR input as a small file: JSON, numbers to a tenth of a millimetre. Joints that only serve to show a
 * hand are left out. What a person did can be played to the tools again, in a test.
 */
export class InputRecorder {
  readonly #kinds: Kind[] = [];
  readonly #frames: z.input<typeof RECORDING>['frames'] = [];
  #start: number | undefined;

  get length(): number {
    return this.#frames.length;
  }

  /** Takes a frame; those beyond ten minutes are left out. */
  add({ time, viewer, sources }: InputFrame): void {
    if (this.#frames.length >= MOST_FRAMES) return;
    this.#start ??= time;
    this.#frames.push({
      t: Math.round(time - this.#start),
      ...(viewer && { v: store(viewer) }),
      ...(sources.length > 0 && { s: sources.map((each) => this.#source(each)) }),
    });
  }

  toText(): string {
    return JSON.stringify({ theta: 'xr-input 1', kinds: this.#kinds, frames: this.#frames });
  }

  #source({ targetRay, grip, buttons, axes, hand, ...kind }: InputSourceState): StoredSource {
    return {
      k: this.#kindOf(kind),
      ...(targetRay && { ray: store(targetRay) }),
      ...(grip && { grip: store(grip) }),
      ...(buttons.length > 0 && { b: buttons.map(rounded) }),
      ...(axes.length > 0 && { a: axes.map(rounded) }),
      ...(hand && {
        hand: {
          thumb: triple(hand.thumbTip),
          index: triple(hand.indexTip),
          middle: triple(hand.middleTip),
        },
      }),
    };
  }

  #kindOf({ handedness, targetRayMode, profiles }: Kind): number {
    const known = this.#kinds.findIndex(
      (each) => each.handedness === handedness && each.targetRayMode === targetRayMode,
    );
    if (known >= 0) return known;
    return this.#kinds.push({ handedness, targetRayMode, profiles }) - 1;
  }
}

/**
 * The frames of a recording, in order.
 * @throws {ThetaError} `bad-recording`
 */
export function readRecording(text: string): InputFrame[] {
  const parsed = RECORDING.safeParse(parse(text));
  if (!parsed.success) throw new ThetaError('bad-recording', 'This is no recording of XR input.');
  const { kinds, frames } = parsed.data;
  return frames.map(({ t, v, s }) => ({
    time: t,
    ...(v && { viewer: restore(v) }),
    sources: s.map(({ k, ray, grip, b, a, hand }) => ({
      ...kindAt(kinds, k),
      ...(ray && { targetRay: restore(ray) }),
      ...(grip && { grip: restore(grip) }),
      buttons: b,
      axes: a,
      ...(hand && {
        hand: { thumbTip: hand.thumb, indexTip: hand.index, middleTip: hand.middle, all: [] },
      }),
    })),
  }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ThetaError('bad-recording', 'This is no recording of XR input.', { cause });
  }
}

function kindAt(kinds: readonly Kind[], at: number): Kind {
  const kind = kinds[at];
  if (kind === undefined) throw new ThetaError('bad-recording', 'A source of no kind.');
  return kind;
}

function store({ position, orientation }: RoomPose): StoredPose {
  return [...position, ...orientation].map(rounded) as StoredPose;
}

function restore([x, y, z, qx, qy, qz, qw]: StoredPose): RoomPose {
  return { position: [x, y, z], orientation: [qx, qy, qz, qw] };
}

function triple(values: readonly [number, number, number]): [number, number, number] {
  return [rounded(values[0]), rounded(values[1]), rounded(values[2])];
}

function rounded(value: number): number {
  return Number(value.toFixed(DECIMALS));
}
