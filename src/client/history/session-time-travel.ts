import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HistoryReport } from '../../commands/log-audit.ts';
import type { Editor } from '../../editor/editor.ts';
import type {
  NamedVersion,
  PastStep,
  TimeTravel,
  TimeTravelState,
  Who,
} from '../../editor/history/time-travel.ts';
import { fromHex } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import { colorOf, cssColor } from '../identity/person.ts';
import type { ClientSession } from '../session/client-session.ts';
import type { AuditCall } from './audit-history.ts';
import type { HistorySteps } from './history-steps.ts';
import { createPastEditor } from './past-editor.ts';
import type { PastReader } from './past-reader.ts';

export interface TimeTravelParts {
  readonly session: ClientSession;
  /** One's own public key, 64 hexadecimal digits. */
  readonly author: string;
  readonly sessionAuthor: () => string;
  readonly editor: Editor;
  readonly steps: HistorySteps;
  readonly reader: PastReader;
  readonly clock: Clock;
  readonly audit: (call: AuditCall) => Promise<HistoryReport>;
  /** Shows this editor's document in the viewport; the present again without one. */
  readonly showInViewport: (past: Editor | undefined) => void;
}

/** How long the list waits for more to come before it is read again, in ms. */
const REFRESH_MS = 250;

const BEGINNING: PastStep = {
  ordinal: 0,
  index: 0,
  seq: 0,
  label: 'The beginning',
  type: '',
  entries: 0,
  author: '',
  time: 0,
};

/** D4: time travel in an open session. The present goes on beneath it, and is not touched. */
export class SessionTimeTravel implements TimeTravel {
  readonly state: StoreApi<TimeTravelState> = createStore<TimeTravelState>(() => ({
    isOpen: false,
    total: 0,
    revision: 0,
    versions: [],
    moment: undefined,
    past: undefined,
    aim: undefined,
    problem: undefined,
    audit: { phase: 'idle' },
    undo: [],
    redo: [],
  }));
  readonly #parts: TimeTravelParts;
  #past: Editor | undefined;
  #moving = false;
  #cancelRefresh: (() => void) | undefined;
  #seenSeq = -1;
  #audit: AbortController | undefined;

  constructor(parts: TimeTravelParts) {
    this.#parts = parts;
    const { steps, session } = parts;
    steps.onChange = () =>
      this.state.setState(({ revision }) => ({
        total: steps.total,
        versions: steps.versions,
        revision: revision + 1,
        problem: undefined,
      }));
    steps.onProblem = (thrown) => this.#fail(thrown);
    session.pipeline.onChange(() => this.#follow());
  }

  setOpen(isOpen: boolean): void {
    this.state.setState({ isOpen });
    if (!isOpen) this.leave();
    this.#seenSeq = -1;
    this.#follow();
  }

  step(ordinal: number): PastStep | undefined {
    return ordinal === 0 ? BEGINNING : this.#parts.steps.get(ordinal);
  }

  who(author: string): Who {
    const { session, author: own, sessionAuthor } = this.#parts;
    if (author === '' || author === sessionAuthor()) {
      return { name: 'The session', color: '#898e99', isSelf: false };
    }
    const name = session.document.governance.members.get(author)?.name;
    const key = fromHex(author) ?? new Uint8Array(1);
    return {
      name: name || `${author.slice(0, 8)}…`,
      color: cssColor(colorOf(key)),
      isSelf: author === own,
    };
  }

  show(ordinal: number): void {
    const { total } = this.state.getState();
    if (ordinal >= total) {
      this.leave();
      return;
    }
    const aim = Math.max(0, ordinal);
    this.state.setState({ aim });
    if (!this.#moving) void this.#move();
  }

  showVersion({ seq }: NamedVersion): void {
    this.#parts.steps.atSeq(seq).then(
      (step) => this.show(step?.ordinal ?? 0),
      (thrown: unknown) => this.#fail(thrown),
    );
  }

  leave(): void {
    const { past } = this.state.getState();
    this.state.setState({ aim: undefined, moment: undefined, past: undefined });
    if (past) this.#parts.showInViewport(undefined);
  }

  restore(): void {
    const { moment, versions } = this.state.getState();
    if (moment === undefined) return;
    const { session, reader } = this.#parts;
    const version = versions.find(({ seq }) => seq === moment.seq);
    const name = version?.name ?? `${moment.label}, ${timeOf(moment)}`;
    const label = `Restore “${name}”`;
    this.#issue(label, () =>
      session.pipeline.transaction(label, (builder) => {
        builder.execute('history.restore', { seq: moment.seq, past: reader.document });
      }),
    );
    this.leave();
  }

  nameMoment(name: string): void {
    const { moment } = this.state.getState();
    const { session } = this.#parts;
    this.#nameSeq(moment?.seq ?? session.seq, name);
  }

  forget({ seq }: NamedVersion): void {
    this.#nameSeq(seq, '');
  }

  verify(): void {
    if (this.#audit) return;
    const controller = new AbortController();
    this.#audit = controller;
    this.state.setState({ audit: { phase: 'running', progress: 0 } });
    this.#parts
      .audit({
        signal: controller.signal,
        onProgress: (progress) => this.state.setState({ audit: { phase: 'running', progress } }),
      })
      .then(
        ({ entries, fault }) =>
          this.state.setState({
            audit: fault === undefined ? { phase: 'valid', entries } : { phase: 'faulty', fault },
          }),
        (thrown: unknown) => {
          this.state.setState({ audit: { phase: 'idle' } });
          if (!(thrown instanceof ThetaError && thrown.code === 'cancelled')) this.#fail(thrown);
        },
      )
      .finally(() => {
        this.#audit = undefined;
      });
  }

  cancelVerify(): void {
    this.#audit?.abort();
  }

  undo(steps: number): void {
    this.leave();
    for (let i = 0; i < steps; i++) this.#parts.editor.undo();
  }

  redo(steps: number): void {
    this.leave();
    for (let i = 0; i < steps; i++) this.#parts.editor.redo();
  }

  /** Goes to where it is aimed; whoever scrubs on meanwhile aims elsewhere. */
  async #move(): Promise<void> {
    this.#moving = true;
    const aimNow = (): number | undefined => this.state.getState().aim;
    try {
      for (let aim = aimNow(); aim !== undefined; aim = aimNow()) {
        const step = aim === 0 ? BEGINNING : await this.#parts.steps.load(aim);
        await this.#parts.reader.moveTo(step);
        if (aimNow() === aim) this.#showPast(step);
      }
    } catch (thrown) {
      this.state.setState({ aim: undefined });
      this.#fail(thrown);
    } finally {
      this.#moving = false;
    }
  }

  #showPast(moment: PastStep): void {
    const { session, reader, editor, showInViewport } = this.#parts;
    const { document } = session;
    const own = document.sites.identityOf(session.site);
    this.#past ??= createPastEditor(
      reader.document,
      reader.document.sites.intern(own.author, own.replica),
      editor,
    );
    const past = this.#past;
    past.update();
    const isNew = this.state.getState().past === undefined;
    this.state.setState({ aim: undefined, moment, past, problem: undefined });
    if (isNew) showInViewport(past);
  }

  #nameSeq(seq: number, name: string): void {
    const label = name === '' ? 'Remove a version’s name' : `Name version “${name}”`;
    const { session } = this.#parts;
    this.#issue(label, () =>
      session.pipeline.transaction(label, (builder) => {
        builder.execute('version.name', { seq, name });
      }),
    );
  }

  /** Issues a command, and puts into words what becomes of it where it is not simply done. */
  #issue(label: string, issue: () => ReturnType<ClientSession['pipeline']['execute']>): void {
    const { editor } = this.#parts;
    try {
      issue().outcome.then(({ status }) => {
        if (status === 'nothing') {
          editor.notify({ kind: 'info', text: `${label}: the scene is as it was then.` });
        }
        this.#seenSeq = -1;
        this.#follow();
      }, this.#fail.bind(this));
    } catch (thrown) {
      editor.notify({ kind: 'error', text: `${label}: ${messageOf(thrown)}` });
    }
  }

  /** The list keeps up with the session while it is open. */
  #follow(): void {
    const { session, clock, steps } = this.#parts;
    if (!this.state.getState().isOpen) return;
    const { undoSteps, redoSteps } = session.pipeline.history;
    this.state.setState({
      undo: undoSteps.map(({ label }) => label),
      redo: redoSteps.map(({ label }) => label),
    });
    if (session.seq === this.#seenSeq || this.#cancelRefresh) return;
    this.#cancelRefresh = clock.setTimer(() => {
      this.#cancelRefresh = undefined;
      this.#seenSeq = session.seq;
      steps.refresh().catch((thrown: unknown) => this.#fail(thrown));
    }, REFRESH_MS);
  }

  #fail(thrown: unknown): void {
    this.state.setState({ problem: messageOf(thrown) });
  }
}

function timeOf({ time }: PastStep): string {
  return new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
