import type { ServerPayload, WelcomeBody } from '../../protocol/generated/types.ts';
import type { Bytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import type { Random } from '../../shared/random.ts';
import type { Transport } from '../../transport/transport.ts';
import { Link, type LinkOptions } from './link.ts';
import { OwnReplacements } from './own-replacements.ts';

/** Refusals that trying again does not change. */
const FINAL = new Set([
  'unknown_session',
  'no_token',
  'unknown_token',
  'link_revoked',
  'link_expired',
  'removed',
  'banned',
  'locked',
  'outdated_client',
  'unsupported',
  'wrong_session_key',
  'author_id_taken',
  'closed_4401',
  'closed_4403',
  'closed_4409',
]);

/** Those that take back what one was given. */
const WITHOUT_ACCESS = new Set(['link_revoked', 'link_expired', 'removed', 'banned']);

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 10_000;

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Opens a transport; rejects when there is none to be had now. */
  readonly connect: () => Promise<Transport>;
  /** A link is about to begin: what it says of this replica. */
  readonly introduce: () => LinkOptions;
  /** From here on this link is the one: at its beginning, or at its welcome if it took another's place. */
  readonly onOpen: (link: Link) => void;
  readonly onWelcome: (link: Link, welcome: WelcomeBody, sessionKey: Bytes) => void;
  readonly onPayload: (link: Link, payload: ServerPayload, bytes: number) => void;
  readonly onRtt: (rttMs: number) => void;
  /** The link may be dead: somebody may look for another transport. */
  readonly onDoubt: (link: Link) => void;
  /** The link has gone, or could not be had; unless it is final, another one is on its way. */
  readonly onEnd: (problem: ThetaError) => void;
}

/** Whether a problem ends a session for good. */
export function isFinal(problem: ThetaError): boolean {
  return FINAL.has(problem.code);
}

/** S4: whether a problem means that one may not be in the session. */
export function endsAccess(problem: ThetaError): boolean {
  return WITHOUT_ACCESS.has(problem.code);
}

/** The connection that a replica loses and finds again (T4): one link after the other. */
export class Connection {
  readonly #options: ConnectionOptions;
  #link: Link | undefined;
  /** T2: a link beside it that is not welcomed yet, and takes its place when it is. */
  #successor: Link | undefined;
  readonly #replacements: OwnReplacements<Link>;
  #connecting = false;
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: () => void = () => undefined;
  /** It has been opened, and has not ended for good. */
  #wants = false;
  #stopped = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#replacements = new OwnReplacements(options.clock);
  }

  /** The link that is up, welcomed or not. */
  get link(): Link | undefined {
    return this.#link;
  }

  /** Connects now, unless it is connected or about to be. */
  async open(): Promise<void> {
    if (this.#stopped || this.#connecting || this.#link || this.#successor) return;
    this.#wants = true;
    this.#cancelRetry();
    this.#connecting = true;
    let transport: Transport;
    try {
      transport = await this.#options.connect();
    } catch (thrown) {
      this.#connecting = false;
      this.#onEnd(
        thrown instanceof ThetaError ? thrown : new ThetaError('unreachable', messageOf(thrown)),
      );
      return;
    }
    this.#connecting = false;
    if (this.#stopped || this.#successor) transport.close(0, '');
    else this.#begin(transport);
  }

  /**
   * T2: joins on `transport` beside the link that is up, and lets that one go at the welcome: until
   * then everything goes on as it was, and from then on it goes on from where the log stands.
   */
  moveTo(transport: Transport): void {
    if (this.#stopped || this.#successor || this.#connecting) transport.close(0, '');
    else if (this.#link) this.#successor = this.#linkOn(transport);
    else {
      this.#cancelRetry();
      this.#begin(transport);
    }
  }

  /** It works: the next loss is followed by a try almost at once. */
  succeeded(): void {
    this.#retryMs = FIRST_RETRY_MS;
  }

  /** Something about the network may have changed: asks at once, or connects without waiting. */
  look(): void {
    if (this.#link) this.#link.probe();
    else if (this.#wants) void this.open();
  }

  /** Leaves, and joins again without waiting. */
  renew(): void {
    this.#retryMs = 0;
    this.#link?.close();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRetry();
    this.#successor?.retire();
  }

  #begin(transport: Transport): void {
    const link = this.#linkOn(transport);
    this.#link = link;
    this.#options.onOpen(link);
  }

  #linkOn(transport: Transport): Link {
    const { onWelcome, onPayload, onRtt, onDoubt, introduce } = this.#options;
    const link: Link = new Link(transport, introduce(), {
      onWelcome: (welcome, key) => {
        if (this.#successor === link) this.#succeed(link);
        onWelcome(link, welcome, key);
      },
      onPayload: (payload, _lane, bytes) => onPayload(link, payload, bytes),
      onRtt,
      onDoubt: () => onDoubt(link),
      onEnd: (problem) => this.#onLinkEnd(link, this.#replacements.judge(link, problem)),
    });
    this.#replacements.begin(link);
    return link;
  }

  #succeed(link: Link): void {
    this.#link?.retire();
    this.#link = link;
    this.#successor = undefined;
    this.#options.onOpen(link);
  }

  #onLinkEnd(link: Link, problem: ThetaError): void {
    if (this.#successor === link) {
      this.#successor = undefined;
      if (!this.#link) this.#onEnd(problem);
    } else if (this.#link === link) {
      this.#link = undefined;
      // The server lets the old link go as it takes the new one in: its word of that may come first.
      if (!this.#successor) this.#onEnd(problem);
    }
  }

  #onEnd(problem: ThetaError): void {
    this.#link = undefined;
    this.#options.onEnd(problem);
    this.#wants = !isFinal(problem);
    if (this.#stopped || !this.#wants) return;
    const { clock, random } = this.#options;
    const wait = this.#retryMs * (0.5 + random.next());
    this.#retryMs = Math.min(Math.max(this.#retryMs * 2, FIRST_RETRY_MS), LAST_RETRY_MS);
    this.#cancelRetry = clock.setTimer(() => void this.open(), wait);
  }
}
