import type { Clock } from '../shared/clock.ts';
import { messageOf, ThetaError } from '../shared/errors.ts';
import type { Transport, TransportKind } from './transport.ts';

/** One way to the server. */
export interface Rung {
  readonly kind: TransportKind;
  /** Opens a transport; rejects, in a few seconds, when there is none to be had. */
  connect(): Promise<Transport>;
}

export interface LadderOptions {
  readonly clock: Clock;
  /** The rungs to be had, the best first; asked anew each time, for they change. */
  readonly rungs: () => Promise<readonly Rung[]>;
  /** How long a rung is waited for before the next is tried beside it. */
  readonly headStartMs: HeadStarts;
  /** The same in haste, when the rung that one stands on does not answer. */
  readonly hastyHeadStartMs: HeadStarts;
  /** How long a rung that failed where another one worked is passed over; doubles each time. */
  readonly firstPauseMs: number;
  readonly lastPauseMs: number;
}

/** Milliseconds for each rung. */
export type HeadStarts = Readonly<Record<TransportKind, number>>;

/**
 * WebRTC has more round trips to make than a WebSocket (signalling, ICE, DTLS, SCTP): with no more time
 * than the others it would lose to the worse rung wherever the network has any distance.
 */
export const LADDER_DEFAULTS: Omit<LadderOptions, 'clock' | 'rungs'> = {
  headStartMs: { memory: 700, webtransport: 700, webrtc: 1_000, websocket: 700 },
  hastyHeadStartMs: { memory: 150, webtransport: 150, webrtc: 700, websocket: 150 },
  firstPauseMs: 4_000,
  lastPauseMs: 120_000,
};

interface Failures {
  readonly count: number;
  /** By the clock; until then the rung is passed over. */
  readonly pausedUntil: number;
}

/** Why no rung of the ladder holds: the best one's reason, in words. */
export type LadderErrorCode = 'unreachable' | 'unsupported';

/**
 * T2: chooses among the rungs. It begins with the best, gives each a head start over the next, and
 * takes the first that opens. Which one failed where another worked it remembers for a while, so that
 * a network that swallows UDP costs its patience once, not at every reconnection.
 */
export class Ladder {
  readonly #options: LadderOptions;
  readonly #failures = new Map<TransportKind, Failures>();
  /** As they were when last asked for. */
  #known: readonly Rung[] | undefined;

  constructor(options: Pick<LadderOptions, 'clock' | 'rungs'> & Partial<LadderOptions>) {
    this.#options = { ...LADDER_DEFAULTS, ...options };
  }

  /** The first rung that opens, from the best down. @throws {ThetaError<LadderErrorCode>} */
  async connect(): Promise<Transport> {
    const rungs = this.#healthyFirst(await this.#rungs());
    return this.#race(rungs, this.#options.headStartMs);
  }

  /**
   * Another transport in the place of one that does not answer: of the same rung, if that opens at
   * once, or of another. @throws {ThetaError<LadderErrorCode>}
   */
  async replace(silent: TransportKind): Promise<Transport> {
    // Asking anew may take as long as the dead line does to be given up.
    const rungs = this.#known ?? (await this.#rungs());
    const transport = await this.#race(rungs, this.#options.hastyHeadStartMs);
    // The rung opens again: it was the line that broke, not the way.
    if (transport.kind !== silent) this.#blame(silent);
    return transport;
  }

  /** A better rung than the one that one stands on, if one opens now. */
  async climb(from: TransportKind): Promise<Transport | undefined> {
    if (this.#known && this.#better(from, this.#known).length === 0) return undefined;
    const better = this.#better(from, await this.#rungs());
    if (better.length === 0) return undefined;
    try {
      return await this.#race(better, this.#options.headStartMs);
    } catch (thrown) {
      if (!(thrown instanceof ThetaError)) throw thrown;
      for (const { kind } of better) this.#blame(kind);
      return undefined;
    }
  }

  /** The transport has carried the session for a good while: what its rung did before is forgotten. */
  trust(kind: TransportKind): void {
    this.#failures.delete(kind);
  }

  /** The network has changed: every rung deserves another try. */
  forgive(): void {
    this.#failures.clear();
  }

  async #rungs(): Promise<readonly Rung[]> {
    this.#known = await this.#options.rungs();
    return this.#known;
  }

  #better(from: TransportKind, rungs: readonly Rung[]): readonly Rung[] {
    const at = rungs.findIndex(({ kind }) => kind === from);
    return rungs.slice(0, Math.max(0, at)).filter(({ kind }) => !this.#isPaused(kind));
  }

  #isPaused(kind: TransportKind): boolean {
    return (this.#failures.get(kind)?.pausedUntil ?? 0) > this.#options.clock.now();
  }

  #blame(kind: TransportKind): void {
    const { clock, firstPauseMs, lastPauseMs } = this.#options;
    const count = (this.#failures.get(kind)?.count ?? 0) + 1;
    const pauseMs = Math.min(firstPauseMs * 2 ** (count - 1), lastPauseMs);
    this.#failures.set(kind, { count, pausedUntil: clock.now() + pauseMs });
  }

  #healthyFirst(rungs: readonly Rung[]): readonly Rung[] {
    const paused = rungs.filter(({ kind }) => this.#isPaused(kind));
    return [...rungs.filter((rung) => !paused.includes(rung)), ...paused];
  }

  #race(rungs: readonly Rung[], headStartMs: HeadStarts): Promise<Transport> {
    return new Promise((resolve, reject) => {
      const failed: { readonly kind: TransportKind; readonly reason: unknown }[] = [];
      const { clock } = this.#options;
      let cancelNext: () => void = () => undefined;
      let isWon = false;
      let begun = 0;
      const begin = (): void => {
        cancelNext();
        const rung = rungs[begun];
        if (rung === undefined) return;
        begun += 1;
        cancelNext = clock.setTimer(begin, headStartMs[rung.kind]);
        rung.connect().then(
          (transport) => won(transport),
          (reason) => lost(rung.kind, reason),
        );
      };
      const won = (transport: Transport): void => {
        if (isWon) {
          transport.close(0, 'another rung was faster');
          return;
        }
        isWon = true;
        cancelNext();
        for (const { kind } of failed) this.#blame(kind);
        resolve(transport);
      };
      const lost = (kind: TransportKind, reason: unknown): void => {
        if (isWon) {
          this.#blame(kind);
          return;
        }
        failed.push({ kind, reason });
        if (failed.length === rungs.length) reject(noRung(failed.map((each) => each.reason)));
        else begin();
      };
      if (rungs.length === 0) reject(noRung([]));
      else begin();
    });
  }
}

function noRung(reasons: readonly unknown[]): ThetaError<LadderErrorCode> {
  const [first] = reasons;
  if (first === undefined)
    return new ThetaError('unsupported', 'This browser has none of the transports of this server.');
  const unsupported = reasons.every(
    (reason) => reason instanceof ThetaError && reason.code === 'connect-unsupported',
  );
  return new ThetaError(
    unsupported ? 'unsupported' : 'unreachable',
    unsupported ? messageOf(first) : 'The server cannot be reached.',
    { cause: first },
  );
}
