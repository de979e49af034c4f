import { describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../shared/clock.ts';
import { silentLogger } from '../shared/logger.ts';
import { keepHouse } from './housekeeping.ts';

/** A clock whose timers fire when the test says so. */
function manualClock() {
  const timers = new Set<() => void>();
  const clock: Clock = {
    ...systemClock,
    setTimer(fn) {
      timers.add(fn);
      return () => timers.delete(fn);
    },
  };
  const fire = (): void => {
    const due = [...timers];
    timers.clear();
    for (const fn of due) fn();
  };
  return { clock, fire, timers };
}

describe('keepHouse', () => {
  it('runs every chore each time, also after one has failed, until it is stopped', async () => {
    const { clock, fire, timers } = manualClock();
    const failures: unknown[] = [];
    const logger = {
      ...silentLogger,
      error: (_message: string, fields: unknown) => void failures.push(fields),
    };
    let swept = 0;
    const chores = [
      { name: 'broken', run: () => Promise.reject(new Error('full')) },
      { name: 'sweep', run: async () => ++swept },
    ];
    const stop = keepHouse(chores, clock, logger);
    fire();
    fire();
    await Promise.resolve();
    expect(swept).toBe(2);
    expect(failures).toHaveLength(2);
    stop();
    expect(timers.size).toBe(0);
  });
});
