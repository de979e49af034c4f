import { describe, expect, it } from 'vitest';
import { type Keyframe, superfluous } from './keyframes.ts';

const keyframe = (logIndex: number, storedBytes = 1): Keyframe => ({
  seq: logIndex,
  logIndex,
  storedBytes,
});

/** What is left after one snapshot every 1,000 records, as a room puts them. */
function afterPutting(count: number): number[] {
  let kept: Keyframe[] = [];
  for (let i = 1; i <= count; i++) {
    kept.push(keyframe(i * 1000));
    const gone = new Set(superfluous(kept));
    kept = kept.filter((each) => !gone.has(each));
  }
  return kept.map(({ logIndex }) => logIndex);
}

describe('D4: the snapshots that are kept', () => {
  it('are all while they are few', () => {
    expect(afterPutting(64)).toHaveLength(64);
  });

  it('are 64 however long the history, the newest three among them, no gap above a fifteenth', () => {
    for (const count of [65, 100, 500, 1000]) {
      const kept = afterPutting(count);
      expect(kept).toHaveLength(64);
      expect(kept.slice(-3)).toEqual([count - 2, count - 1, count].map((each) => each * 1000));
      const gaps = kept.map((each, i) => each - (kept[i - 1] ?? 0));
      expect(Math.max(...gaps)).toBeLessThanOrEqual((count * 1000) / 15);
    }
  });

  it('are fewer when they are large, but three at least', () => {
    const large = Array.from({ length: 10 }, (_, i) => keyframe(i + 1, 100));
    expect(superfluous(large, 64, 450)).toHaveLength(6);
    expect(superfluous(large, 64, 10)).toHaveLength(7);
  });
});
