import type { ServerPayload, WelcomeBody } from '../../protocol/generated/types.ts';
import type { Bytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import type { Random } from '../../shared/random.ts';
import type { Transport } from '../../transport/transport.ts';
import { Link, type LinkOptions } from './link.ts';

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
  readonly onOpen: (link: Link) => void;
  readonly onWelcome: (link: Link, welcome: WelcomeBody, sessionKey: Bytes) => void;
  readonly onPayload: (link: Link, payload: ServerPayload, bytes: number) => void;
  readonly onRtt: (rttMs: number) => void;
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
  #connecting = false;
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: () => void = () => undefined;
  #stopped = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** The link that is up, welcomed or not. */
  get link(): Link | undefined {
    return this.#link;
  }

  /** Connects now, unless it is connected or about to be. */
  async open(): Promise<void> {
    if (this.#stopped || this.#connecting || this.#link) return;
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
    if (this.#stopped) transport.close(0, '');
    else this.#begin(transport);
  }

  /** It works: the next loss is followed by a try almost at once. */
  succeeded(): void {
    this.#retryMs = FIRST_RETRY_MS;
  }

  /** Leaves, and joins again without waiting. */
  renew(): void {
    this.#retryMs = 0;
    this.#link?.close();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRetry();
  }

  #begin(transport: Transport): void {
    const { onOpen, onWelcome, onPayload, onRtt, introduce } = this.#options;
    const link: Link = new Link(transport, introduce(), {
      onWelcome: (welcome, key) => onWelcome(link, welcome, key),
      onPayload: (payload, _lane, bytes) => onPayload(link, payload, bytes),
      onRtt,
      onEnd: (problem) => {
        if (this.#link === link) this.#onEnd(problem);
      },
    });
    this.#link = link;
    onOpen(link);
  }

  #onEnd(problem: ThetaError): void {
    this.#link = undefined;
    this.#options.onEnd(problem);
    if (this.#stopped || isFinal(problem)) return;
    const { clock, random } = this.#options;
    const wait = this.#retryMs * (0.5 + random.next());
    this.#retryMs = Math.min(Math.max(this.#retryMs * 2, FIRST_RETRY_MS), LAST_RETRY_MS);
    this.#cancelRetry = clock.setTimer(() => void this.open(), wait);
  }
}
