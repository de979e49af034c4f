import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../shared/random.ts';
import { PoseTrack, type TrackedPose } from './pose-track.ts';

const HZ = 20;
const FRAME_MS = 1000 / 90;

/** A hand that waves: a circle of 30 cm about once a second, 1.9 m/s. */
function wave(ms: number): TrackedPose {
  const angle = (2 * Math.PI * ms) / 1000;
  return {
    position: [0.3 * Math.cos(angle), 1.2 + 0.3 * Math.sin(angle), 0],
    rotation: [0, 0, Math.sin(angle / 2), Math.cos(angle / 2)],
  };
}

interface Line {
  readonly jitter: number;
  readonly loss: number;
  readonly seed: number;
}

/** Metres between what is shown and where the hand was at that moment, and between two frames shown. */
function play({ jitter, loss, seed }: Line): { errors: number[]; steps: number[] } {
  const random = seededRandom(seed);
  const track = new PoseTrack();
  const arrivals = Array.from({ length: 20 * HZ }, (_, at) => {
    const sent = (at * 1000) / HZ;
    return { sent, at: sent + 40 + random.next() * jitter, lost: random.next() < loss };
  })
    .filter(({ lost }) => !lost)
    .sort((one, other) => one.at - other.at);
  const errors: number[] = [];
  const steps: number[] = [];
  let last: TrackedPose | undefined;
  for (let now = 0; now < 19_000; now += FRAME_MS) {
    while (arrivals[0] && arrivals[0].at <= now) {
      const { sent, at } = arrivals.shift()!;
      track.add(sent, [wave(sent)], at);
    }
    const shown = track.at(now)?.[0];
    if (shown === undefined || now < 2000) continue;
    errors.push(apart(shown, wave(track.momentAt(now))));
    if (last) steps.push(apart(shown, last));
    last = shown;
  }
  return { errors: errors.sort((x, y) => x - y), steps: steps.sort((x, y) => x - y) };
}

function apart(one: TrackedPose, other: TrackedPose): number {
  return Math.hypot(...one.position.map((value, axis) => value - other.position[axis]!));
}

const share = (values: readonly number[], part: number) =>
  values[Math.min(values.length - 1, Math.floor(values.length * part))]!;

describe('somebody’s hand over a line with 100 ms jitter and 5 % loss', () => {
  it.each([1, 2, 3, 4])('is shown within 2 cm of its path, without jumps (seed %i)', (seed) => {
    const { errors, steps } = play({ jitter: 100, loss: 0.05, seed });
    expect(share(errors, 0.5)).toBeLessThan(0.005);
    expect(share(errors, 0.95)).toBeLessThan(0.02);
    // A frame of such a wave is 2 cm; a jump would be several of them.
    expect(share(steps, 0.999)).toBeLessThan(0.06);
  });

  it('is shown within 5 mm where nothing is lost or late', () => {
    const { errors } = play({ jitter: 0, loss: 0, seed: 1 });
    expect(errors.at(-1)).toBeLessThan(0.005);
  });
});

describe('a track', () => {
  it('takes samples in any order, each once', () => {
    const track = new PoseTrack();
    track.add(50, [wave(50)], 90);
    track.add(0, [wave(0)], 91);
    track.add(50, [wave(999)], 92);
    expect(track.at(40 + 25 + 200)?.[0]?.position[0]).toBeCloseTo(
      (wave(0).position[0] + wave(50).position[0]) / 2,
      2,
    );
  });

  it('stays where it was when nothing more comes', () => {
    const track = new PoseTrack();
    expect(track.at(0)).toBeUndefined();
    track.add(0, [wave(0), undefined], 40);
    expect(track.at(60_000)).toEqual([wave(0), undefined]);
  });

  it('does not glide over a gap, as when somebody teleports after a pause', () => {
    const track = new PoseTrack();
    track.add(0, [wave(0)], 40);
    track.add(2000, [wave(500)], 2040);
    expect(track.at(1000 + 40 + 200)?.[0]).toEqual(wave(0));
  });

  it('begins anew when the sender’s clock does', () => {
    const track = new PoseTrack();
    track.add(100_000, [wave(0)], 100_040);
    track.add(10, [wave(250)], 100_090);
    expect(track.at(100_500)?.[0]).toEqual(wave(250));
  });
});
