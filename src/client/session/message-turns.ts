import type { ServerPayload, WelcomeBody } from '../../protocol/generated/types.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import type { Link } from './link.ts';
import type { LogFollower } from './log-follower.ts';

export interface MessageTurnsOptions {
  readonly follower: LogFollower;
  /** The link that is up now: what an earlier one brought is dropped. */
  readonly current: () => Link | undefined;
  readonly onWelcome: (welcome: WelcomeBody, sessionKey: Bytes) => void | Promise<void>;
  readonly handle: (link: Link, payload: ServerPayload) => void | Promise<void>;
  /** What the server sent does not hold. */
  readonly onBadServer: (link: Link, problem: ThetaError) => void;
}

/**
 * Takes what links bring one after the other, however long each takes. While a snapshot is on its
 * way, what comes after it waits.
 */
export class MessageTurns {
  readonly #options: MessageTurnsOptions;
  #held: ServerPayload[] = [];
  #work: Promise<void> = Promise.resolve();

  constructor(options: MessageTurnsOptions) {
    this.#options = options;
  }

  /** Another link begins: nothing of the last one is of use. */
  begin(): void {
    this.#held = [];
  }

  welcome(link: Link, welcome: WelcomeBody, sessionKey: Bytes): void {
    this.#inTurn(link, () => this.#options.onWelcome(welcome, sessionKey));
  }

  take(link: Link, payload: ServerPayload): void {
    this.#inTurn(link, () => this.#take(link, payload));
  }

  #inTurn(link: Link, step: () => void | Promise<void>): void {
    const { current, onBadServer } = this.#options;
    this.#work = this.#work.then(async () => {
      if (current() !== link) return;
      try {
        await step();
      } catch (thrown) {
        onBadServer(
          link,
          thrown instanceof ThetaError ? thrown : new ThetaError('failed', messageOf(thrown)),
        );
      }
    });
  }

  async #take(link: Link, payload: ServerPayload): Promise<void> {
    const { follower, handle } = this.#options;
    if (payload.type === 'SnapshotBegin' || payload.type === 'SnapshotChunk') {
      if (!(await follower.snapshotPart(payload))) return;
      const held = this.#held;
      this.#held = [];
      for (const each of held) await handle(link, each);
    } else if (follower.awaitsSnapshot) this.#held.push(payload);
    else await handle(link, payload);
  }
}
