import { messageOf } from '../shared/errors.ts';
import type { IssuedCommand, OutcomeReport, SessionPort, TransactionPort } from './session-port.ts';
import type { Notices } from './stores/notices.ts';

/** Issues the editor's commands, and puts into words what becomes of them. */
export class Issuer {
  readonly #session: SessionPort;
  readonly #notices: Notices;
  readonly #afterwards: () => void;

  /** `afterwards` is called when a command was issued: the document has changed. */
  constructor(session: SessionPort, notices: Notices, afterwards: () => void) {
    this.#session = session;
    this.#notices = notices;
    this.#afterwards = afterwards;
  }

  /**
   * Commands in one undo step of that label, or in that of the transaction `continued`, which they go
   * on with. Undefined when they could not be issued.
   */
  transaction(
    label: string,
    build: (tx: TransactionPort) => void,
    continued?: string,
  ): IssuedCommand | undefined {
    return this.#issue(label, () => this.#session.transaction(label, build, continued));
  }

  undo(): void {
    const { canUndo, undoLabel = '' } = this.#session.history;
    if (canUndo) this.#issue(`Undo ${undoLabel}`, () => this.#session.undo());
    else this.#notices.notify({ kind: 'info', text: 'Nothing to undo.' });
  }

  redo(): void {
    const { canRedo, redoLabel = '' } = this.#session.history;
    if (canRedo) this.#issue(`Redo ${redoLabel}`, () => this.#session.redo());
    else this.#notices.notify({ kind: 'info', text: 'Nothing to redo.' });
  }

  #issue(label: string, issue: () => IssuedCommand | undefined): IssuedCommand | undefined {
    try {
      const issued = issue();
      issued?.outcome.then(
        (outcome) => this.#judge(label, outcome),
        (error: unknown) => this.#complain(label, messageOf(error)),
      );
      return issued;
    } catch (error) {
      this.#complain(label, messageOf(error));
      return undefined;
    } finally {
      this.#afterwards();
    }
  }

  #judge(label: string, { status, reason, code }: OutcomeReport): void {
    if (status === 'rejected') this.#complain(label, reason ?? code);
    else if (reason !== undefined) {
      // Superseded, or some of it was: what somebody else wrote since stays.
      this.#notices.notify({ kind: 'info', text: `${label}: ${reason}` });
    }
    if (status !== 'accepted') this.#afterwards();
  }

  #complain(label: string, reason = 'refused, and nobody said why.'): void {
    this.#notices.notify({ kind: 'error', text: `${label}: ${reason}` });
  }
}
