import type { Clock } from '../../shared/clock.ts';
import { ThetaError } from '../../shared/errors.ts';
import type { Ladder } from '../../transport/ladder.ts';
import type { Transport } from '../../transport/transport.ts';
import type { Connection } from './connection.ts';
import type { Link } from './link.ts';

/** How often it looks whether a better rung is to be had. */
const LOOK_MS = 2000;
/** A rung that has carried the session for so long is forgiven what it did before. */
const TRUST_MS = 30_000;

export interface RungKeeperOptions {
  readonly clock: Clock;
  readonly ladder: Pick<Ladder, 'replace' | 'climb' | 'trust'>;
  readonly connection: Pick<Connection, 'link' | 'moveTo'>;
}

/** T2: keeps a connection on the best rung of the ladder that holds. */
export class RungKeeper {
  readonly #options: RungKeeperOptions;
  #standing: { readonly link: Link; readonly since: number } | undefined;
  #isSearching = false;
  #isStopped = false;
  #cancelTimer: () => void = () => undefined;

  constructor(options: RungKeeperOptions) {
    this.#options = options;
  }

  /** The link works: from now on it looks for a better one. */
  stand(link: Link): void {
    this.#standing = { link, since: this.#options.clock.now() };
    this.#lookLater();
  }

  /** The link may be dead: another transport is opened beside it. */
  doubt(link: Link): void {
    void this.#search(
      () => this.#options.ladder.replace(link.transport.kind),
      () => link.isInDoubt,
    );
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelTimer();
  }

  #lookLater(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.setTimer(() => void this.#look(), LOOK_MS);
  }

  async #look(): Promise<void> {
    const { clock, ladder, connection } = this.#options;
    const standing = this.#standing;
    if (this.#isStopped || !standing || connection.link !== standing.link) return;
    const { kind } = standing.link.transport;
    if (clock.now() - standing.since > TRUST_MS) ladder.trust(kind);
    await this.#search(
      () => ladder.climb(kind),
      () => true,
    );
    this.#lookLater();
  }

  /** One search at a time; what it finds is used if it is still wanted then. */
  async #search(
    find: () => Promise<Transport | undefined>,
    isWanted: () => boolean,
  ): Promise<void> {
    if (this.#isSearching || this.#isStopped) return;
    this.#isSearching = true;
    try {
      const found = await find();
      if (found && isWanted() && !this.#isStopped) this.#options.connection.moveTo(found);
      else found?.close(0, '');
    } catch (thrown) {
      // There is no other way now: the link lives or dies by itself.
      if (!(thrown instanceof ThetaError)) throw thrown;
    } finally {
      this.#isSearching = false;
    }
  }
}
