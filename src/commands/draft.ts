import type { EntityId } from '../ecs/document/entity-id.ts';
import { Journal } from '../ecs/document/journal.ts';
import { Reason } from '../protocol/generated/types.ts';
import { MAX_BLOB_ENTRIES } from '../protocol/limits.ts';
import { ThetaError } from '../shared/errors.ts';
import type { AnyCommandDefinition, ResolveContext } from './definition.ts';
import type { Effect } from './effect.ts';
import type { Entry, ReadEntry } from './entries.ts';
import type { CommandLog } from './log.ts';
import type { RequiredRole } from './permissions.ts';
import { Refusal, refuse } from './refusal.ts';
import { newestDefinition, parseParams } from './registry.ts';
import { applyTransaction } from './transaction.ts';

/**
 * A transaction in the making. Each command is applied as it is added, so that the next one is
 * resolved on what it did; `discard` takes all of it off again.
 */
export class Draft {
  readonly entries: Entry[] = [];
  /** What the last command made. */
  result: unknown;
  readonly effects: Effect[] = [];
  readonly journal = new Journal();
  readonly #log: CommandLog;
  readonly #context: ResolveContext;
  readonly #objection: (needed: RequiredRole) => Reason;

  constructor(log: CommandLog, mint: () => EntityId, objection: (needed: RequiredRole) => Reason) {
    this.#log = log;
    this.#objection = objection;
    this.#context = { document: log.document, site: log.site, mint };
  }

  /** @throws {ThetaError} `unknown_command`, `invalid_params`, `too_large`; {Refusal} */
  execute(type: string, params: unknown): unknown {
    const definition = newestDefinition(type);
    if (definition === undefined) {
      throw new ThetaError('unknown_command', `There is no command "${type}".`);
    }
    this.#demand(definition);
    const { ops, result } = definition.resolve(
      parseParams(definition, params) as never,
      this.#context,
    );
    if (this.entries.length + ops.length > MAX_BLOB_ENTRIES) {
      throw new ThetaError('too_large', 'This is too much for one step: do it in parts.');
    }
    this.#applyAll(definition, ops);
    this.result = result;
    return result;
  }

  /**
   * Adds what was made once before, under a new name and with what it expects filled in anew.
   * @throws {Refusal}
   */
  repeat({ definition, op }: ReadEntry): void {
    if (op instanceof Refusal) throw op;
    this.#demand(definition);
    const { document } = this.#log;
    this.#applyAll(definition, [definition.renew?.(document, op as never) ?? op]);
  }

  discard(): void {
    this.#log.document.rollBack(this.journal);
    this.#log.document.sweep();
  }

  #demand({ role }: AnyCommandDefinition): void {
    const objection = this.#objection(role);
    if (objection !== Reason.none) refuse(objection);
  }

  /** All or nothing: whoever catches what this throws goes on as if the command had not been. */
  #applyAll(definition: AnyCommandDefinition, ops: readonly unknown[]): void {
    const { document, lamport, site } = this.#log;
    const first = lamport + 1 + this.entries.length;
    const entries = ops.map((op, i) => ({ definition, op, stamp: { lamport: first + i, site } }));
    const result = applyTransaction(document, entries);
    if (result.refused) refuse(result.reason);
    this.entries.push(...entries);
    this.effects.push(...result.effects);
    for (const image of result.journal.images) this.journal.record(image);
  }
}
