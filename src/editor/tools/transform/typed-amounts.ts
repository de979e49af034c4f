import { parseNumber } from '../../inspector/number-expression.ts';
import { LENGTH_UNITS, type LengthUnit } from '../../length-units.ts';
import type { GestureReadout } from '../../stores/states.ts';
import type { KeyInput } from '../pointer-input.ts';

const TYPED = /^[0-9.,+\-*/^()%]$/;
const LONGEST = 40;

/**
 * Amounts typed in the middle of a drag, one for each that the drag has: expressions as in the
 * inspector. Tab goes to the next, Backspace takes back; what is not typed is at rest.
 */
export class TypedAmounts {
  readonly #rest: readonly number[];
  readonly #texts: string[];
  readonly #unit: LengthUnit;
  #at = 0;

  /**
   * @param rest the amounts that change nothing
   * @param unit what they are typed in, where they are lengths: amounts are in metres
   */
  constructor(rest: readonly number[], unit: LengthUnit = 'm') {
    this.#unit = unit;
    this.#rest = rest;
    this.#texts = rest.map(() => '');
  }

  /** Whether the key was one for it. */
  take({ type, key, shift, ctrl, alt, meta }: KeyInput): boolean {
    if (type !== 'down' || ctrl || alt || meta) return false;
    const text = this.#texts[this.#at]!;
    const count = this.#texts.length;
    if (key === 'Tab') this.#at = (this.#at + (shift ? count - 1 : 1)) % count;
    else if (key === 'Backspace') this.#texts[this.#at] = text.slice(0, -1);
    else if (TYPED.test(key) && text.length < LONGEST) this.#texts[this.#at] = text + key;
    else return false;
    return true;
  }

  /** The typed amounts where there are any, else those that were drawn. */
  over(drawn: readonly number[]): readonly number[] {
    if (this.#texts.every((text) => text === '')) return drawn;
    return this.#texts.map((text, at) => {
      const rest = this.#rest[at]!;
      const metres = LENGTH_UNITS[this.#unit];
      const typed = parseNumber(text, this.#unit)?.apply(rest / metres);
      return typed === undefined ? rest : typed * metres;
    });
  }

  get shown(): GestureReadout['typed'] {
    if (this.#texts.every((text) => text === '')) return undefined;
    const text = this.#texts[this.#at]!;
    return { text, valid: text === '' || parseNumber(text) !== undefined };
  }
}
