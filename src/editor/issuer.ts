import { messageOf } from '../shared/errors.ts';
import type {
  CommandParams,
  IssuedCommand,
  OutcomeReport,
  SessionPort,
  TransactionPort,
} from './session-port.ts';
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

  /** One command, one undo step. Its result, or undefined when it could not be issued. */
  execute(label: string, type: string, params: CommandParams): IssuedCommand | undefined {
    return this.#issue(label, () => this.#session.execute(type, params));
  }

  /** Several commands in one undo step of that label. */
  transaction(label: string, build: (tx: TransactionPort) => void): IssuedCommand | undefined {
    return this.#issue(label, () => this.#session.transaction(label, build));
  }

  /** What the others are shown, and nobody needs to hear about when it fails: presence. */
  announce(type: string, params: CommandParams): void {
    this.#session.execute(type, params).outcome.catch(() => undefined);
  }

  undo(): void {
    this.#revert('Undo', () => this.#session.undo());
  }

  redo(): void {
    this.#revert('Redo', () => this.#session.redo());
  }

  #revert(label: string, revert: () => IssuedCommand | undefined): void {
    const issued = this.#issue(label, revert);
    if (issued !== undefined) return;
    this.#notices.notify({ kind: 'info', text: `Nothing to ${label.toLowerCase()}.` });
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

  #judge(label: string, outcome: OutcomeReport): void {
    if (outcome.status === 'rejected') this.#complain(label, outcome.reason ?? outcome.code);
    if (outcome.status === 'superseded') {
      const text = `${label}: somebody else has changed it since, and theirs stays.`;
      this.#notices.notify({ kind: 'info', text });
    }
    if (outcome.status !== 'accepted') this.#afterwards();
  }

  #complain(label: string, reason = 'refused, and nobody said why.'): void {
    this.#notices.notify({ kind: 'error', text: `${label}: ${reason}` });
  }
}
