import { encode } from '../../src/protocol/codec.ts';
import type { Bytes } from '../../src/shared/bytes.ts';

/** A hundred people's connections to one server, of which each hears the others. */
export interface Crowd {
  readonly label: string;
  /** Each shows where it is. */
  show(index: number): void;
  /** Each sends an edit that is signed. */
  edit(index: number): Promise<void> | void;
  /** Updates that reached peers since the last call, and how late some of them were, in ms. */
  heard(): { readonly updates: number; readonly latencies: readonly number[] };
}

/** Counts, and measures one of so many. */
const SAMPLED = 97;

export class Heard {
  #updates = 0;
  #latencies: number[] = [];

  /** @param sentAt looked up only for the ones that are measured */
  note(sentAt: () => number): void {
    this.#updates += 1;
    if (this.#updates % SAMPLED === 0) this.#latencies.push(performance.now() - sentAt());
  }

  take(): { readonly updates: number; readonly latencies: readonly number[] } {
    const taken = { updates: this.#updates, latencies: this.#latencies };
    this.#updates = 0;
    this.#latencies = [];
    return taken;
  }
}

/** Ticks are tenths of a millisecond of this process's clock: when they were sent. */
export const TICKS_PER_MS = 10;

/** What a page shows of somebody at a screen. */
export function presenceOf(index: number, spacing: number): Bytes {
  const now = performance.now();
  const x = (index % 10) * spacing + Math.sin(now / 300 + index);
  const z = Math.floor(index / 10) * spacing + Math.cos(now / 300);
  const position = { x, y: 2, z };
  return encode('ClientMessage', {
    payload: {
      type: 'Presence',
      value: {
        tick: Math.round(now * TICKS_PER_MS),
        peer: 0,
        fov: 50,
        view: { position, rotation: { x: 0, y: 0, z: 0, w: 1 } },
        cursor: { ...position, y: 0 },
      },
    },
  });
}
