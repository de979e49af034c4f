import type { Clock } from '../../shared/clock.ts';

export interface Somebody {
  /** The public key: who has two tabs, or comes back by another rung, has not come twice. */
  readonly author: string;
  readonly name: string;
}

/** Those who come and go within so long are told of in one sentence, or not at all if they are back. */
const SETTLE_MS = 2500;
const MOST_NAMES = 2;

/** Tells in passing who has come and who has left. What happens while oneself is away is no news. */
export class Arrivals {
  readonly #clock: Clock;
  readonly #tell: (text: string) => void;
  #known: ReadonlyMap<string, string> | undefined;
  #now: ReadonlyMap<string, string> = new Map();
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, tell: (text: string) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** To be called whenever it may have changed who is here. */
  update(isConnected: boolean, others: readonly Somebody[]): void {
    if (!isConnected) {
      this.#known = undefined;
      this.#cancel?.();
      this.#cancel = undefined;
      return;
    }
    this.#now = new Map(others.map(({ author, name }) => [author, name]));
    if (this.#known === undefined) this.#known = this.#now;
    else if (!sameKeys(this.#known, this.#now))
      this.#cancel ??= this.#clock.setTimer(() => this.#settle(), SETTLE_MS);
  }

  #settle(): void {
    this.#cancel = undefined;
    const known = this.#known ?? this.#now;
    this.#known = this.#now;
    const came = [...this.#now].filter(([author]) => !known.has(author)).map(([, name]) => name);
    const left = [...known].filter(([author]) => !this.#now.has(author)).map(([, name]) => name);
    const parts = [
      ...(came.length > 0 ? [`${listed(came)} joined`] : []),
      ...(left.length > 0 ? [`${listed(left)} left`] : []),
    ];
    if (parts.length > 0) this.#tell(`${parts.join('; ')}.`);
  }
}

function sameKeys(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}

/** "Ada", "Ada and Ben", "Ada, Ben and 3 others" */
function listed(names: readonly string[]): string {
  const [first = '', second = ''] = names;
  if (names.length === 1) return first;
  if (names.length === MOST_NAMES) return `${first} and ${second}`;
  const more = names.length - MOST_NAMES;
  return `${first}, ${second} and ${more} ${more === 1 ? 'other' : 'others'}`;
}
