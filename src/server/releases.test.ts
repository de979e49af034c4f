import { describe, expect, it } from 'vitest';
import { Releases } from './releases.ts';

describe('Releases', () => {
  it('run last to first, once, and all of them though one fails', async () => {
    const releases = new Releases();
    const order: string[] = [];
    releases.add(() => void order.push('first'));
    releases.add(() => Promise.reject(new Error('stuck')));
    releases.add(async () => void order.push('last'));
    await expect(releases.run()).rejects.toThrow('stuck');
    expect(order).toEqual(['last', 'first']);
    await releases.run();
    expect(order).toHaveLength(2);
  });
});
