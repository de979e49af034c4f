import { historyRevert } from '../../commands/definitions/history-revert.ts';
import {
  decodeEntries,
  type Entry,
  encodeEntries,
  type ReadEntry,
} from '../../commands/entries.ts';
import type { CommandOutcome, LocalTransaction } from '../../commands/local-transaction.ts';
import type { CommandLog } from '../../commands/log.ts';
import type { CommandPipeline, Issued } from '../../commands/pipeline.ts';
import { BLOB_ENTRIES_LIMITS } from '../../protocol/limits.ts';
import { type Bytes, toBase64Url } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import { describeStep, plainOperation } from './edit-words.ts';

/** A step that the session does not have, kept until its author decides about it. */
export interface TrayItem {
  /** Of the transaction; for a packet that cannot be read, of the packet. */
  readonly id: string;
  /** What was done, to which objects. */
  readonly label: string;
  readonly reason: string;
  readonly code: string;
  readonly superseded: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** The clock that the entries count from. */
  readonly lamport: number;
  /** An `Entries` buffer of one transaction; a whole packet when `readable` is false. */
  readonly bytes: Bytes;
  /** Whether it can be tried again. */
  readonly readable: boolean;
}

/** Where a replica's tray is kept between its pages. */
export interface TrayStore {
  load(): Promise<TrayItem[]>;
  put(item: TrayItem): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface TrayOptions {
  readonly log: CommandLog;
  readonly pipeline: CommandPipeline;
  readonly store: TrayStore;
  readonly clock: Clock;
  readonly onStoreError: (thrown: unknown) => void;
}

/**
 * Whether a step's work is in nobody's document. An undo that somebody else's edit came before has
 * nothing of its author's in it.
 */
export function isLost({ entries }: LocalTransaction, { status }: CommandOutcome): boolean {
  if (status === 'rejected') return true;
  return status === 'superseded' && entries.some(({ definition }) => definition !== historyRevert);
}

/** What an exported edit says of itself; `bytes` alone is enough to make it again. */
export const EXPORT_FORMAT = 'theta edits';

/** O4: what was refused or superseded: to try again, export or drop. */
export class Tray {
  onChange: () => void = () => undefined;
  readonly #options: TrayOptions;
  readonly #items = new Map<string, TrayItem>();

  constructor(options: TrayOptions) {
    this.#options = options;
  }

  /** Oldest first. */
  get items(): readonly TrayItem[] {
    return [...this.#items.values()];
  }

  /** Takes up what earlier pages of this replica left. */
  async restore(): Promise<void> {
    for (const item of await this.#options.store.load()) this.#items.set(item.id, item);
    this.onChange();
  }

  /** Resolves when the step would survive the page. */
  keep(transaction: LocalTransaction, outcome: CommandOutcome): Promise<void> {
    const { log, clock } = this.#options;
    const entries = transaction.entries.filter(({ op }) => !(op instanceof Error));
    if (entries.length === 0) return Promise.resolve();
    const { lamport } = (entries[0] as Entry).stamp;
    const { label } = transaction;
    return this.#put({
      id: transaction.id,
      label: describeStep(log.document, label, entries),
      reason: outcome.reason ?? '',
      code: outcome.code ?? '',
      superseded: outcome.status === 'superseded',
      at: clock.wallTime(),
      lamport,
      bytes: encodeEntries(log.document, log.site, lamport, [{ label, entries }]),
      readable: true,
    });
  }

  /** Keeps a packet of an earlier page that this page cannot read. */
  keepUnreadable(nonce: number, bytes: Bytes, thrown: unknown): Promise<void> {
    return this.#put({
      id: `packet-${nonce}`,
      label: 'An edit that cannot be read',
      reason: `It was stored by this browser and is damaged: ${messageOf(thrown)}`,
      code: thrown instanceof ThetaError ? thrown.code : 'unreadable',
      superseded: false,
      at: this.#options.clock.wallTime(),
      lamport: 0,
      bytes,
      readable: false,
    });
  }

  /**
   * Makes a step again, as a new one, on the document as it is now; it leaves the tray.
   * @throws {Refusal} when it cannot be applied now either; then it stays
   */
  async tryAgain(id: string): Promise<Issued | undefined> {
    const item = this.#items.get(id);
    if (item === undefined || !item.readable) return undefined;
    const { label, entries } = this.#read(item);
    const issued = this.#options.pipeline.again(label, entries);
    await this.drop(id);
    return issued;
  }

  async drop(id: string): Promise<void> {
    if (!this.#items.delete(id)) return;
    this.onChange();
    await this.#stored(() => this.#options.store.remove(id));
  }

  /** These items as a JSON text: in words, as plain operations, and as exact bytes. */
  export(ids: readonly string[]): string {
    const { document, site } = this.#options.log;
    const items = ids.flatMap((id) => this.#items.get(id) ?? []);
    const edits = items.map((item) => ({
      step: item.label,
      reason: item.reason,
      code: item.code,
      at: new Date(item.at).toISOString(),
      commands: item.readable
        ? this.#read(item).entries.map(({ definition, op }) => ({
            type: definition.type,
            version: definition.version,
            operation: plainOperation(document, op),
          }))
        : [],
      clock: item.lamport,
      bytes: toBase64Url(item.bytes),
    }));
    const by = `${document.sites.authorOf(site)}-${document.sites.replicaOf(site)}`;
    return `${JSON.stringify({ format: EXPORT_FORMAT, version: 1, by, edits }, null, 2)}\n`;
  }

  #read({ lamport, bytes }: TrayItem): { label: string; entries: readonly ReadEntry[] } {
    const { document, site } = this.#options.log;
    const by = document.sites.identityOf(site);
    const [step] = decodeEntries(document, by, lamport, bytes, BLOB_ENTRIES_LIMITS);
    return step ?? { label: '', entries: [] };
  }

  async #put(item: TrayItem): Promise<void> {
    this.#items.set(item.id, item);
    this.onChange();
    await this.#stored(() => this.#options.store.put(item));
  }

  async #stored(store: () => Promise<void>): Promise<void> {
    try {
      await store();
    } catch (thrown) {
      this.#options.onStoreError(thrown);
    }
  }
}
