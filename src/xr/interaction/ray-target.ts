import type { Hand } from './hand.ts';

/** Something in front of the scene that a hand may point at and press: a panel. */
export interface RayTarget {
  /** How far along the hand's ray, in world metres; undefined when it misses. */
  hover(hand: Hand): number | undefined;
  /** No hand points at it any more. */
  leave(side: Hand['side']): void;
  press(hand: Hand): void;
  drag(hand: Hand): void;
  release(hand: Hand | undefined, side: Hand['side']): void;
}
