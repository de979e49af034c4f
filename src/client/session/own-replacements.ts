import type { Clock } from '../../shared/clock.ts';
import { ThetaError } from '../../shared/errors.ts';

/** A greeting may be under way for so long, and be answered after that of a newer link. In ms. */
const OVERTAKEN_MS = 10_000;
/** Two that are one replica, a browser's profile and its copy, shall not drive each other out for ever. */
const MOST_FORGIVEN = 3;
const FORGET_AFTER_MS = 60_000;

/** How the server ends a connection when the same replica joins on another. */
const REPLACED = 'closed_4409';

/**
 * Tells a page that is driven out by itself from one that another page of the same replica drives out.
 * The server ends the older of two connections of a replica; which is older it judges by when their
 * greetings arrive, and both may be this page's, of which the other one has died meanwhile.
 */
export class OwnReplacements<Link extends object> {
  readonly #clock: Clock;
  #begun: { readonly link: Link; readonly at: number }[] = [];
  #forgiven: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A link of this page greets the server. */
  begin(link: Link): void {
    const at = this.#clock.now();
    this.#begun = this.#begun.filter((each) => at - each.at < FORGET_AFTER_MS);
    this.#begun.push({ link, at });
  }

  /** What the end of a link means: that it was replaced by this page itself is a line lost, no more. */
  judge(link: Link, problem: ThetaError): ThetaError {
    if (problem.code !== REPLACED || !this.#mayBeOwn(link)) return problem;
    const now = this.#clock.now();
    this.#forgiven = this.#forgiven.filter((at) => now - at < FORGET_AFTER_MS);
    if (this.#forgiven.length >= MOST_FORGIVEN) return problem;
    this.#forgiven.push(now);
    return new ThetaError('lost', 'The connection was lost.', { cause: problem });
  }

  /** Another one of ours began after it, or shortly before. */
  #mayBeOwn(link: Link): boolean {
    const at = this.#begun.find((each) => each.link === link)?.at;
    // One as old as that has newer ones, if there are any at all.
    const since = at === undefined ? Number.NEGATIVE_INFINITY : at - OVERTAKEN_MS;
    return this.#begun.some((each) => each.link !== link && each.at >= since);
  }
}
