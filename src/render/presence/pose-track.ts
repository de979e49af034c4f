import { Quaternion, Vector3 } from 'three';

/** Where something was and how it was turned. */
export interface TrackedPose {
  readonly position: readonly [number, number, number];
  readonly rotation: readonly [number, number, number, number];
}

interface Sample {
  /** ms of the sender's clock. */
  readonly time: number;
  readonly poses: readonly (TrackedPose | undefined)[];
}

/** How far behind the sender a track is shown, ms: 100 of jitter, the rate, and one that is lost. */
export const PLAYBACK_DELAY_MS = 200;
/** Samples that are kept; more than a second of them. */
const MOST_SAMPLES = 32;
/** A gap longer than this is no movement to be filled in, ms. */
const LONGEST_GAP_MS = 400;
/** How quickly the guess at the sender's clock gives way to later arrivals, ms for each sample. */
const CLOCK_SLACK_MS = 0.5;

const from = new Quaternion();
const to = new Quaternion();
const a = new Vector3();
const b = new Vector3();

/**
 * Poses that come at some rate, late and with losses, shown smoothly: a moment behind the sender, each
 * between the two samples around that moment. The sender's clock is told from ours by the datagram
 * that took the least time.
 */
export class PoseTrack {
  readonly #samples: Sample[] = [];
  /** Our clock less the sender's, for the quickest datagram. */
  #offset = Number.POSITIVE_INFINITY;

  /** @param now when it came, ms of our clock */
  add(time: number, poses: readonly (TrackedPose | undefined)[], now: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && time < last.time - LONGEST_GAP_MS) this.clear();
    const at = this.#samples.findLastIndex((sample) => sample.time <= time) + 1;
    if (this.#samples[at - 1]?.time === time) return;
    this.#samples.splice(at, 0, { time, poses });
    if (this.#samples.length > MOST_SAMPLES) this.#samples.shift();
    this.#offset = Math.min(this.#offset + CLOCK_SLACK_MS, now - time);
  }

  clear(): void {
    this.#samples.length = 0;
    this.#offset = Number.POSITIVE_INFINITY;
  }

  /** The sender's clock at the moment that is shown at `now`, ms. */
  momentAt(now: number): number {
    return now - this.#offset - PLAYBACK_DELAY_MS;
  }

  /** The poses to show at `now`; undefined before any came. */
  at(now: number): (TrackedPose | undefined)[] | undefined {
    const moment = this.momentAt(now);
    const next = this.#samples.findIndex((sample) => sample.time >= moment);
    const after = this.#samples[next];
    const before = next < 0 ? this.#samples.at(-1) : this.#samples[next - 1];
    const only = before ?? after;
    if (only === undefined) return undefined;
    if (before === undefined || after === undefined) return [...only.poses];
    const gap = after.time - before.time;
    if (gap > LONGEST_GAP_MS) return [...before.poses];
    const share = (moment - before.time) / gap;
    return before.poses.map((pose, which) => between(pose, after.poses[which], share));
  }
}

function between(
  earlier: TrackedPose | undefined,
  later: TrackedPose | undefined,
  share: number,
): TrackedPose | undefined {
  if (earlier === undefined || later === undefined) return share < 0.5 ? earlier : later;
  a.set(...earlier.position).lerp(b.set(...later.position), share);
  from.set(...earlier.rotation).slerp(to.set(...later.rotation), share);
  return { position: [a.x, a.y, a.z], rotation: [from.x, from.y, from.z, from.w] };
}
