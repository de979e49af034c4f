import type { Editor, Grab } from '../../editor/editor.ts';
import type { Hand } from './hand.ts';
import {
  followedBy,
  type Hold,
  type Motion,
  oneHand,
  STILL,
  toSimilarity,
  twoHands,
} from './two-hands.ts';

/** Objects in one hand or two. Hands may join and leave; what is held goes on from where it was. */
export class Holding {
  readonly #editor: Editor;
  #grab: Grab;
  /** Each hand as it was when the last one joined or left. */
  #from = new Map<Hand['side'], Hold>();
  #before: Motion = STILL;
  #now: Motion = STILL;

  private constructor(editor: Editor, grab: Grab, hand: Hand) {
    this.#editor = editor;
    this.#grab = grab;
    this.#from.set(hand.side, holdOf(hand));
  }

  /** Takes up the selection; undefined where nothing of it may be moved. */
  static begin(editor: Editor, hand: Hand): Holding | undefined {
    const grab = editor.beginGrab();
    return grab && new Holding(editor, grab, hand);
  }

  has(side: Hand['side']): boolean {
    return this.#from.has(side);
  }

  get hands(): number {
    return this.#from.size;
  }

  join(hand: Hand, hands: readonly Hand[]): void {
    this.#rebase(hands);
    this.#from.set(hand.side, holdOf(hand));
  }

  /** False when it was the last hand: then what was held is where it was let go. */
  leave(side: Hand['side'], hands: readonly Hand[]): boolean {
    if (this.#from.size === 1) {
      this.#grab.commit();
      return false;
    }
    this.#from.delete(side);
    this.#rebase(hands);
    return true;
  }

  /** Shows what the hands have done. Returns whether another step of snapping was reached. */
  show(hands: readonly Hand[], scale: number): boolean {
    this.#now = followedBy(this.#before, this.#motion(hands, scale));
    return this.#grab.show(toSimilarity(this.#now));
  }

  /** Lets the original be where it was, and goes on with a copy of it. */
  duplicate(): boolean {
    const grab = this.#editor.duplicateGrab(this.#grab);
    if (grab === undefined) return false;
    this.#grab = grab;
    grab.show(toSimilarity(this.#now));
    return true;
  }

  stillValid(): boolean {
    return this.#grab.stillValid();
  }

  cancel(): void {
    this.#grab.cancel();
  }

  #rebase(hands: readonly Hand[]): void {
    this.#before = this.#now;
    for (const hand of hands) {
      if (this.#from.has(hand.side)) this.#from.set(hand.side, holdOf(hand));
    }
  }

  #motion(hands: readonly Hand[], scale: number): Motion {
    const held = hands.filter(({ side }) => this.#from.has(side));
    const from = held.map(({ side }) => this.#from.get(side)!);
    const [a, b] = held;
    if (a !== undefined && b !== undefined) {
      return twoHands([from[0]!, from[1]!], [holdOf(a), holdOf(b)], 0.01 * scale);
    }
    return a === undefined ? STILL : oneHand(from[0]!, holdOf(a));
  }
}

/** By its tip: what two hands stretch grows between the points that they touch, and not between their palms. */
function holdOf({ tip, grip }: Hand): Hold {
  return { position: tip, rotation: grip.rotation };
}
