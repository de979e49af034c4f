import type { EntityId } from '../ecs/document/entity-id.ts';
import { Journal } from '../ecs/document/journal.ts';
import { MAX_BLOB_ENTRIES } from '../protocol/limits.ts';
import { ThetaError } from '../shared/errors.ts';
import type { AnyCommandDefinition, ResolveContext } from './definition.ts';
import type { Effect } from './effect.ts';
import type { Entry } from './entries.ts';
import type { CommandLog } from './log.ts';
import { newestDefinition, parseParams } from './registry.ts';

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

  constructor(log: CommandLog, mint: () => EntityId) {
    this.#log = log;
    this.#context = { document: log.document, site: log.site, mint };
  }

  /** @throws {ThetaError} `unknown_command`, `invalid_params`, `too_large`; {Refusal} */
  execute(type: string, params: unknown): unknown {
    const definition = newestDefinition(type);
    if (definition === undefined) {
      throw new ThetaError('unknown_command', `There is no command "${type}".`);
    }
    const { ops, result } = definition.resolve(
      parseParams(definition, params) as never,
      this.#context,
    );
    if (this.entries.length + ops.length > MAX_BLOB_ENTRIES) {
      throw new ThetaError('too_large', 'This is too much for one step: do it in parts.');
    }
    for (const op of ops) this.#apply(definition, op);
    this.result = result;
    return result;
  }

  discard(): void {
    this.#log.document.rollBack(this.journal);
    this.#log.document.sweep();
  }

  #apply(definition: AnyCommandDefinition, op: unknown): void {
    const lamport = this.#log.lamport + 1 + this.entries.length;
    const stamp = { lamport, site: this.#log.site };
    const { document } = this.#log;
    document.journal = this.journal;
    try {
      this.effects.push(definition.apply(document, op as never, stamp));
    } finally {
      document.journal = undefined;
    }
    this.entries.push({ definition, op, stamp });
  }
}
