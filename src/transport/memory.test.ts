import { describe, expect, it } from 'vitest';
import type { Clock } from '../shared/clock.ts';
import { seededRandom } from '../shared/random.ts';
import { transportContract } from './contract.ts';
import { MemoryNetwork } from './memory.ts';
import type { MemoryNetworkOptions } from './memory-options.ts';
import type { Lane, Transport } from './transport.ts';

async function makePair(options: Partial<MemoryNetworkOptions> = {}, tick = (): void => undefined) {
  const network = new MemoryNetwork(options);
  const [client, server] = network.connect();
  return {
    client,
    server,
    advance: async () => {
      tick();
      network.step();
    },
    cut: () => network.cut(client),
    dispose: async () => network.cut(client),
  };
}

class ManualClock implements Clock {
  time = 0;
  now = (): number => this.time;
  wallTime = (): number => this.time;
  setTimer = (): (() => void) => () => undefined;
}

function numbersAt(transport: Transport, lane: Lane): number[] {
  const numbers: number[] = [];
  transport.onMessage = (on, bytes) => {
    if (on === lane) numbers.push(bytes[0]!);
  };
  return numbers;
}

transportContract('memory', () => makePair());
transportContract('memory with delay and jitter, seed 7', () => {
  const clock = new ManualClock();
  const options = { clock, random: seededRandom(7), delayMs: 40, jitterMs: 25 };
  return makePair(options, () => {
    clock.time += 1;
  });
});

describe('MemoryNetwork', () => {
  it('delivers nothing by itself, and one message a step', () => {
    const network = new MemoryNetwork();
    const [a, b] = network.connect();
    const numbers = numbersAt(b, 'reliable');
    for (const n of [1, 2, 3]) a.send('reliable', Uint8Array.of(n));
    expect(numbers).toEqual([]);
    expect(network.step()).toBe(true);
    expect(numbers).toEqual([1]);
    expect(network.flush()).toBe(2);
    expect(network.step()).toBe(false);
  });

  it('waits for the clock', () => {
    const clock = new ManualClock();
    const network = new MemoryNetwork({ clock, delayMs: 50 });
    const [a, b] = network.connect();
    const numbers = numbersAt(b, 'reliable');
    a.send('reliable', Uint8Array.of(1));
    expect(network.nextDueAt()).toBe(50);
    clock.time = 49;
    expect(network.flush()).toBe(0);
    clock.time = 50;
    expect(network.flush()).toBe(1);
    expect(numbers).toEqual([1]);
    expect(network.nextDueAt()).toBeUndefined();
  });

  it('loses, doubles and reorders unreliable alone, the same way for the same seed (seed 42)', () => {
    const run = (): { unreliable: number[]; reliable: number[] } => {
      const clock = new ManualClock();
      const faults = { loss: 0.2, duplication: 0.2, reordering: 0.3, jitterMs: 3 };
      const network = new MemoryNetwork({ clock, random: seededRandom(42), ...faults });
      const [a, b] = network.connect();
      const unreliable: number[] = [];
      const reliable: number[] = [];
      b.onMessage = (lane, bytes) => (lane === 'reliable' ? reliable : unreliable).push(bytes[0]!);
      for (let n = 0; n < 100; n++) {
        a.send('unreliable', Uint8Array.of(n));
        a.send('reliable', Uint8Array.of(n));
        clock.time += 1;
        network.flush();
      }
      clock.time += 100;
      network.flush();
      return { unreliable, reliable };
    };
    const { unreliable, reliable } = run();
    const distinct = new Set(unreliable).size;
    expect(distinct).toBeLessThan(95);
    expect(unreliable.length).toBeGreaterThan(distinct);
    expect(unreliable).not.toEqual([...unreliable].sort((x, y) => x - y));
    expect(reliable).toEqual(Array.from({ length: 100 }, (_, n) => n));
    expect(run()).toEqual({ unreliable, reliable });
  });

  it('keeps order and tells nobody while stalled', () => {
    const clock = new ManualClock();
    const network = new MemoryNetwork({ clock, delayMs: 10 });
    const [a, b] = network.connect();
    const numbers = numbersAt(b, 'reliable');
    a.send('reliable', Uint8Array.of(1));
    network.stall(a);
    clock.time = 10;
    a.send('reliable', Uint8Array.of(2));
    expect(network.flush()).toBe(0);
    expect(a.bufferedBytes('reliable')).toBe(2);
    clock.time = 20;
    network.resume(b);
    a.send('reliable', Uint8Array.of(3));
    clock.time = 30;
    expect(network.flush()).toBe(3);
    expect(numbers).toEqual([1, 2, 3]);
  });

  it('refuses the ends of another kind of transport', () => {
    const network = new MemoryNetwork();
    expect(() => network.cut({} as Transport)).toThrow(TypeError);
  });
});
