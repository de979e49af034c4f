import type { CommandListing } from '../../../commands/registry.ts';
import { bindMethods } from '../bind-methods.ts';
import { THETA_MEMBERS } from '../theta-members.ts';
import type { KnownValues, PlainEntity, RecordedStep, Update } from './messages.ts';
import type { PageLink } from './page-link.ts';
import { resolveStandIns, resolveText, standInResult } from './stand-ins.ts';

interface Transacted {
  readonly outcome: unknown;
  /** What the steps made, in their order; empty where it came to nothing. */
  readonly made: readonly unknown[];
}

type Build = (tx: { execute(type: string, params?: unknown): unknown }) => unknown;

/**
 * `theta` as scripts in the sandbox have it. What is read at once is a copy that the page brings up to
 * date with each of its messages, and so before any `await` on it is over; the rest is asked for.
 */
export class ScriptTheta {
  readonly #link: PageLink;
  readonly #entities = new Map<string, PlainEntity>();
  readonly #made = new Map<number, unknown>();
  #values: KnownValues = {};
  #commands: readonly CommandListing[] = [];
  #records: readonly string[] = [];
  #steps = 0;

  constructor(link: PageLink) {
    this.#link = link;
    bindMethods(this);
    for (const { name, answer } of THETA_MEMBERS) {
      if (answer !== 'asked' || name in this) continue;
      Object.defineProperty(this, name, {
        value: (...args: readonly unknown[]) => this.#ask(name, args),
      });
    }
  }

  static begin(
    theta: ScriptTheta,
    commands: readonly CommandListing[],
    records: readonly string[],
  ) {
    theta.#commands = commands;
    theta.#records = records;
  }

  static update(theta: ScriptTheta, { values, changed, removed }: Update): void {
    theta.#values = values;
    for (const id of removed) theta.#entities.delete(id);
    for (const entity of changed) theta.#entities.set(entity.id, entity);
  }

  /** A text to be shown, with the ids that have come to be in the places of their stand-ins. */
  static resolve(theta: ScriptTheta, text: string): string {
    return resolveText(text, theta.#made);
  }

  get session() {
    return this.#known('session');
  }

  get renderer() {
    return this.#known('renderer');
  }

  get headset() {
    return this.#known('headset');
  }

  get commands() {
    return structuredClone(this.#commands);
  }

  view() {
    return this.#known('view');
  }

  telemetry() {
    return this.#known('telemetry');
  }

  worldHash() {
    return this.#known('worldHash');
  }

  entities(): string[] {
    const ids: string[] = [];
    for (const [id, entity] of this.#entities) {
      if (!this.#records.some((each) => each in entity)) ids.push(id);
    }
    return ids.sort();
  }

  get(id: string) {
    return structuredClone(this.#entities.get(String(resolveStandIns(id, this.#made))));
  }

  select(ids: readonly string[]): void {
    this.#link.send({ type: 'select', ids: resolveStandIns([...ids], this.#made) as string[] });
  }

  on(event: string, listener: (detail: unknown) => void): () => void {
    return this.#link.listen(event, listener as (...args: unknown[]) => void);
  }

  async transaction(label: string, build: Build): Promise<unknown> {
    const steps: RecordedStep[] = [];
    build({
      execute: (type, params = {}) => {
        const step = ++this.#steps;
        // What is changed of it afterwards is not what was asked for.
        const copy = structuredClone(resolveStandIns(params, this.#made));
        steps.push({ type, params: copy, step });
        return standInResult(step, type, params);
      },
    });
    const { outcome, made } = (await this.#ask('transaction', [label, steps])) as Transacted;
    for (const [at, { step }] of steps.entries()) this.#made.set(step, made[at]);
    return outcome;
  }

  async #ask(method: string, args: readonly unknown[]): Promise<unknown> {
    return this.#link.call(
      method,
      args.map((each) => resolveStandIns(each, this.#made)),
    );
  }

  #known(name: string): unknown {
    return structuredClone(this.#values[name]);
  }
}
