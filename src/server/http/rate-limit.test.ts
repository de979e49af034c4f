import { describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { addressKey, RateLimit } from './rate-limit.ts';

describe('RateLimit', () => {
  it('S3: allows a burst, then as much as time gives back, for each key alone', () => {
    let now = 0;
    const options = { burst: 2, perSecond: 2, maxKeys: 10 };
    const limit = new RateLimit(options, { ...systemClock, now: () => now });
    expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 500]);
    expect(limit.take('b')).toBe(0);
    now = 500;
    expect([limit.take('a'), limit.take('a')]).toEqual([0, 500]);
    now = 1_000_000;
    expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 500]);
  });

  it('S3: remembers a bounded number of keys, the latest', () => {
    const options = { burst: 1, perSecond: 1, maxKeys: 2 };
    const limit = new RateLimit(options, { ...systemClock, now: () => 0 });
    for (const key of ['a', 'b', 'a', 'c']) limit.take(key);
    expect(limit.take('a')).toBeGreaterThan(0);
    expect(limit.take('b')).toBe(0);
  });
});

describe('addressKey', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('counts %s as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
