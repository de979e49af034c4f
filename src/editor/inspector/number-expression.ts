import { LENGTH_UNITS, type LengthUnit } from '../length-units.ts';

/**
 * What a person typed into a number: `1/3`, `2*(3+4)`, `1.5 m`, `30cm`, or, after an operator, a change
 * of what is there: `*2`, `/3`, `+=1`, `-=0.5`, `*=2`. A sign alone is a sign: `-5` is minus five.
 */
export interface NumberExpression {
  /** Whether the result depends on the present value. */
  readonly relative: boolean;
  apply(current: number): number;
}

const MAX_LENGTH = 200;
/** Metres. */
const LENGTHS: ReadonlyMap<string, number> = new Map([
  ...Object.entries(LENGTH_UNITS),
  ['km', 1000],
]);
/** Units that a value is commonly given in, as a factor of degrees or one. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['°', 1],
  ['deg', 1],
  ['rad', 180 / Math.PI],
  ['%', 0.01],
]);
const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['tau', 2 * Math.PI],
]);
const TOKEN =
  /\s*(?:(\d+(?:[.,]\d*)?(?:e[+-]?\d+)?|[.,]\d+(?:e[+-]?\d+)?)|([a-z°%]+)|(\*\*|[-+*/^()]))/iy;
const CHANGE = /^\s*(?:([-+*/])=|([*/]))/;

/**
 * Undefined for a text that is no number, or whose value is infinite or none.
 * @param unit what a length without a unit is in, and the result; metres unless told
 */
export function parseNumber(text: string, unit: LengthUnit = 'm'): NumberExpression | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const change = CHANGE.exec(text);
  const operator = change?.[1] ?? change?.[2];
  const value = evaluate(text.slice(change?.[0].length ?? 0), LENGTH_UNITS[unit]);
  if (value === undefined) return undefined;
  if (operator === undefined) return { relative: false, apply: () => value };
  if (operator === '/' && value === 0) return undefined;
  return { relative: true, apply: (current) => combine(operator, current, value) };
}

function combine(operator: string, left: number, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  return operator === '*' ? left * right : left / right;
}

function evaluate(text: string, metres: number): number | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const parser = new Parser(tokens, metres);
  const value = parser.sum();
  return parser.done && Number.isFinite(value) ? value : undefined;
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  const trimmed = text.trim().toLowerCase();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (match === null) return undefined;
    tokens.push(match[1]?.replace(',', '.') ?? match[2] ?? match[3]!);
  }
  return tokens;
}

/** Recursive descent; NaN, which spreads, for whatever does not fit. */
class Parser {
  readonly #tokens: readonly string[];
  /** Of the unit that lengths come out in. */
  readonly #metres: number;
  #at = 0;

  constructor(tokens: readonly string[], metres: number) {
    this.#tokens = tokens;
    this.#metres = metres;
  }

  get done(): boolean {
    return this.#at === this.#tokens.length;
  }

  sum(): number {
    let value = this.#product();
    for (let sign = this.#take('+', '-'); sign !== undefined; sign = this.#take('+', '-')) {
      value = combine(sign, value, this.#product());
    }
    return value;
  }

  #product(): number {
    let value = this.#signed();
    for (let sign = this.#take('*', '/'); sign !== undefined; sign = this.#take('*', '/')) {
      value = combine(sign, value, this.#signed());
    }
    return value;
  }

  #signed(): number {
    const sign = this.#take('+', '-');
    if (sign === undefined) return this.#power();
    return sign === '-' ? -this.#signed() : this.#signed();
  }

  #power(): number {
    const base = this.#withUnit();
    return this.#take('^', '**') === undefined ? base : base ** this.#signed();
  }

  #withUnit(): number {
    const value = this.#atom();
    const name = this.#tokens[this.#at] ?? '';
    const length = LENGTHS.get(name);
    const unit = length === undefined ? UNITS.get(name) : length / this.#metres;
    if (unit === undefined) return value;
    this.#at += 1;
    return value * unit;
  }

  #atom(): number {
    if (this.#take('(') !== undefined) {
      const value = this.sum();
      return this.#take(')') === undefined ? Number.NaN : value;
    }
    const token = this.#tokens[this.#at] ?? '';
    this.#at += 1;
    return CONSTANTS.get(token) ?? (/^[\d.]/.test(token) ? Number(token) : Number.NaN);
  }

  #take(...wanted: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.#at += 1;
    return token;
  }
}
