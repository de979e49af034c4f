import type { CommandOutcome } from '../../commands/local-transaction.ts';
import type { Issued } from '../../commands/pipeline.ts';
import type { EphemeralOp, Relayed } from '../../protocol/generated/types.ts';
import type { Link } from './link.ts';

interface Waiting {
  readonly op: EphemeralOp;
  readonly resolve: (outcome: CommandOutcome) => void;
}

/** Ephemeral commands under way: each settles when the server has relayed it. */
export class EphemeralCalls {
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  /** @param link undefined while there is no connection: then it is rejected */
  call(op: EphemeralOp, link: Link | undefined): Issued {
    this.#lastId += 1;
    const id = this.#lastId;
    const outcome = new Promise<CommandOutcome>((resolve) => {
      if (link?.send({ type: 'Ephemeral', value: { id, peer: 0, op } })) {
        this.#waiting.set(id, { op, resolve });
      } else resolve(offline(id));
    });
    return { id: nameOf(id), result: undefined, outcome };
  }

  relayed({ id, ok, reason }: Relayed): void {
    const name = nameOf(id);
    this.#settle(
      id,
      ok ? { status: 'accepted', id: name } : { status: 'rejected', id: name, code: reason },
    );
  }

  /** Another link has taken the place of the one that they went out on. */
  resend(link: Link): void {
    for (const [id, { op }] of this.#waiting) {
      link.send({ type: 'Ephemeral', value: { id, peer: 0, op } });
    }
  }

  /** The connection has gone, and the answers with it. */
  drop(): void {
    for (const id of [...this.#waiting.keys()]) this.#settle(id, offline(id));
  }

  #settle(id: number, outcome: CommandOutcome): void {
    this.#waiting.get(id)?.resolve(outcome);
    this.#waiting.delete(id);
  }
}

function nameOf(id: number): string {
  return `ephemeral-${id}`;
}

function offline(id: number): CommandOutcome {
  return { status: 'rejected', id: nameOf(id), code: 'offline', reason: 'Not connected.' };
}
