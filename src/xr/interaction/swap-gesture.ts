import { Vector3 } from 'three';
import type { StoreApi } from 'zustand/vanilla';
import type { Feel } from './feedback.ts';
import type { Hand } from './hand.ts';
import type { XrSettings } from './settings.ts';

/** Held controllers that are this near to each other, in the person's metres, for so long swap hands. */
const TOGETHER_M = 0.07;
const APART_M = 0.2;
const SECONDS = 0.6;

/** Bringing two idle controllers together gives the palette to the other hand. */
export class SwapGesture {
  readonly #settings: StoreApi<XrSettings>;
  readonly #feel: Feel;
  #together = 0;
  #armed = true;

  constructor(settings: StoreApi<XrSettings>, feel: Feel) {
    this.#settings = settings;
    this.#feel = feel;
  }

  update(hands: readonly Hand[], scale: number, seconds: number): void {
    const [a, b] = hands;
    if (a === undefined || b === undefined || !isIdle(a) || !isIdle(b)) {
      this.#together = 0;
      return;
    }
    const gap = new Vector3(...a.grip.position).distanceTo(new Vector3(...b.grip.position)) / scale;
    if (gap > APART_M) this.#armed = true;
    this.#together = gap < TOGETHER_M ? this.#together + seconds : 0;
    if (!this.#armed || this.#together < SECONDS) return;
    this.#armed = false;
    const { dominant } = this.#settings.getState();
    this.#settings.setState({ dominant: dominant === 'right' ? 'left' : 'right' });
    for (const { side } of [a, b]) this.#feel(side, 'grab');
  }
}

function isIdle({ controls }: Hand): boolean {
  return !controls.bare && !controls.trigger.held && !controls.squeeze.held;
}
