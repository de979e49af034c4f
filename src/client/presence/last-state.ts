import type { OwnPresence } from '../viewport/viewport-model.ts';

type Numbers = readonly number[] | undefined;

/** More than a person in a headset has: head and hands of seven numbers each, and a scale. */
const MOST_NUMBERS = 48;

/** What was shown last, as numbers side by side: asked twenty times a second, it makes no garbage. */
export class LastState {
  #last = new Float64Array(MOST_NUMBERS);
  #next = new Float64Array(MOST_NUMBERS);
  #count = 0;

  /** Takes what is to be shown now. @returns whether it differs from what was taken before */
  take({ view, cursor, headset }: OwnPresence, version: number): boolean {
    this.#count = 0;
    this.#push(version);
    this.#pose(view?.position, view?.rotation);
    this.#pose(cursor?.point, undefined);
    this.#pose(headset?.head.position, headset?.head.rotation);
    this.#pose(headset?.left?.position, headset?.left?.rotation);
    this.#pose(headset?.right?.position, headset?.right?.rotation);
    this.#push(headset?.scale ?? 0);
    let isNew = false;
    for (let i = 0; i < this.#count; i++) isNew ||= this.#next[i] !== this.#last[i];
    [this.#last, this.#next] = [this.#next, this.#last];
    return isNew;
  }

  /** What is not there is told from what is at the origin. */
  #pose(position: Numbers, rotation: Numbers): void {
    this.#push(position === undefined ? 0 : 1);
    for (let i = 0; i < 3; i++) this.#push(position?.[i] ?? 0);
    for (let i = 0; i < 4; i++) this.#push(rotation?.[i] ?? 0);
  }

  #push(value: number): void {
    this.#next[this.#count] = value;
    this.#count += 1;
  }
}
