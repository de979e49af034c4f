import { Document } from '../ecs/document/document.ts';
import { type Accepted, type JudgementBody, Verdict } from '../protocol/generated/types.ts';
import { worldHash } from '../replication/document-codec.ts';
import { type Bytes, toHex } from '../shared/bytes.ts';
import { ThetaError } from '../shared/errors.ts';
import { SUPERSEDED } from './effect.ts';
import { entryName, type ReadEntry, type ReadTransaction } from './entries.ts';
import {
  follow,
  type JudgedPacket,
  type LogPosition,
  openAccepted,
  openJudgement,
  readEntriesOf,
} from './judged-packet.ts';
import { genesisHead } from './judgement.ts';
import type { OpenPacket } from './packet.ts';
import { actorOf, NO_OBJECTION, objectionTo } from './permissions.ts';
import type { Verifier } from './signing.ts';
import { applyTransaction } from './transaction.ts';

/** One judged entry, for people and scripts. */
export interface HistoryEntry {
  /** O2; undefined for one that was not accepted. */
  readonly seq: number | undefined;
  readonly type: string;
  readonly label: string;
  /** The public key, 64 hexadecimal digits. */
  readonly author: string;
  /** Milliseconds since the Unix epoch, by the server. */
  readonly time: number;
  readonly status: 'accepted' | 'superseded' | 'rejected';
}

/** The first thing in a log that is not as it must be. */
export interface HistoryFault {
  /** Of the log record, from 1. */
  readonly index: number;
  /** `<clock>-<author>-<replica>` of the entry, where the fault is one entry's. */
  readonly entry?: string;
  readonly type?: string;
  /** The public key of the record's author, where it can be read. */
  readonly author?: string;
  readonly code: string;
  /** A sentence that names the record, and the entry. */
  readonly message: string;
}

/** What a document must be at a place of the log. */
export interface KnownState {
  readonly index: number;
  /** Hexadecimal. */
  readonly worldHash: string;
  /** Whose word it is, in a sentence: `the snapshot of record 2000`. */
  readonly source: string;
}

/** What reading a whole log showed. */
export interface HistoryReport {
  readonly entries: number;
  /** Those before the first fault. */
  readonly valid: number;
  readonly invalid: number;
  /** The first fault, in words. */
  readonly fault?: string;
  readonly firstInvalid?: HistoryFault;
  /** Of the document that the log gives, up to the first fault. */
  readonly worldHash: string;
}

export interface AuditOptions {
  readonly sessionKey: Bytes;
  readonly verifier: Verifier;
  /** D5: content by its digest, undefined where it is missing. What it throws ends the audit. */
  readonly readBlob: (digest: string) => Promise<Bytes | undefined>;
  /** Hashes to compare the document with on the way. */
  readonly known?: readonly KnownState[];
  readonly onEntry?: (entry: HistoryEntry) => void;
}

const STATUS = {
  [Verdict.accepted]: 'accepted',
  [Verdict.superseded]: 'superseded',
  [Verdict.refused]: 'rejected',
} as const;

/** A fault on its way from where it is found to the report. */
class Finding extends ThetaError {
  readonly entry: { readonly name: string; readonly type: string } | undefined;

  constructor(code: string, message: string, entry?: { name: string; type: string }) {
    super(code, message);
    this.entry = entry;
  }
}

/**
 * S1: reads a log from its beginning, believes nothing of it, and applies it: every signature, nonce
 * and head, the chain from the head of the empty log on, that each verdict is what comes of applying
 * the entry, and the document against hashes that are known from elsewhere. After the first fault
 * nothing counts as valid any more, for every later record rests on it.
 */
export class LogAudit {
  readonly #options: AuditOptions;
  readonly #document = new Document();
  readonly #nonces = new Map<string, number>();
  readonly #known: KnownState[];
  #position: LogPosition | undefined;
  #entries = 0;
  #valid = 0;
  #fault: HistoryFault | undefined;

  constructor(options: AuditOptions) {
    this.#options = options;
    this.#known = [...(options.known ?? [])].sort((a, b) => a.index - b.index);
  }

  /** Index of the last record that was read and is whole. */
  get index(): number {
    return this.#position?.index ?? 0;
  }

  get fault(): HistoryFault | undefined {
    return this.#fault;
  }

  /**
   * Takes the next records. Their signatures are checked side by side.
   * @param known what their storage found wrong with the first of them, if nothing else is
   */
  async take(records: readonly Accepted[], known?: string): Promise<void> {
    const opened = records.map((record) => this.#open(record));
    for (const each of opened) {
      const packet = await each;
      const count = packet instanceof Error ? 1 : packet.judgement.verdicts.length;
      this.#entries += count;
      if (this.#fault) continue;
      const finding = packet instanceof Error ? packet : await this.#follow(packet);
      if (finding) this.#blame(finding, judgementOf(packet));
      else if (known !== undefined) this.#blame(new Finding('damaged', known), judgementOf(packet));
      else this.#valid += count;
    }
  }

  /** Notes what the storage itself found wrong with the next record. */
  blame(message: string): void {
    if (!this.#fault) this.#blame(new Finding('damaged', message), undefined);
  }

  report(): HistoryReport {
    const missing = this.#known.find(({ index }) => index > this.index);
    if (missing && !this.#fault) {
      const what = `the log ends before it, although ${missing.source} is known`;
      this.#fault = {
        index: missing.index,
        code: 'cut_off',
        message: sentence(missing.index, what),
      };
    }
    const fault = this.#fault;
    return {
      entries: this.#entries,
      valid: this.#valid,
      invalid: this.#entries - this.#valid,
      ...(fault && { fault: fault.message, firstInvalid: fault }),
      worldHash: worldHash(this.#document),
    };
  }

  /** Never rejects: what is wrong waits for its turn. */
  async #open(record: Accepted): Promise<JudgedPacket | Finding> {
    const { verifier, sessionKey } = this.#options;
    try {
      const judgement = await openJudgement(verifier, sessionKey, record.judgement);
      return { judgement, packet: await openAccepted(verifier, judgement, record.packet) };
    } catch (thrown) {
      return findingOf(thrown);
    }
  }

  async #follow({ judgement, packet }: JudgedPacket): Promise<Finding | undefined> {
    try {
      this.#advance(judgement);
    } catch (thrown) {
      return findingOf(thrown);
    }
    const bytes = packet.body.entries ?? (await this.#readBlob(packet));
    try {
      if (bytes === undefined) throw new Finding('blob_missing', 'its entries are missing');
      this.#apply(judgement, readEntriesOf(this.#document, packet, bytes));
      this.#compare(judgement.index);
      return undefined;
    } catch (thrown) {
      return findingOf(thrown);
    }
  }

  async #readBlob({ body }: OpenPacket): Promise<Bytes | undefined> {
    return body.blob && (await this.#options.readBlob(toHex(body.blob)));
  }

  /** D2, D3: the chain of heads, and consecutive nonces for each replica. */
  #advance(judgement: JudgementBody): void {
    const { author, replica, nonce, epoch } = judgement;
    const before = this.#position ?? {
      epoch,
      index: 0,
      seq: 0,
      head: genesisHead(this.#options.sessionKey, epoch),
    };
    if (epoch < before.epoch) throw new Finding('diverged', 'it is of an earlier life of the log');
    const next = followChain(before, judgement);
    const key = `${toHex(author)}-${replica}`;
    const expected = (this.#nonces.get(key) ?? 0) + 1;
    if (nonce !== expected) {
      throw new Finding('nonce', `its packet has the number ${nonce}, where ${expected} must come`);
    }
    this.#nonces.set(key, nonce);
    this.#position = next;
  }

  #apply(judgement: JudgementBody, transactions: readonly ReadTransaction[]): void {
    const { verdicts, author, time } = judgement;
    const count = transactions.reduce((sum, { entries }) => sum + entries.length, 0);
    if (count !== verdicts.length) {
      throw new Finding('diverged', `it has ${count} entries and ${verdicts.length} verdicts`);
    }
    let at = 0;
    let seq = judgement.firstSeq;
    for (const transaction of transactions) {
      const from = at;
      at += transaction.entries.length;
      const verdictOf = (i: number): Verdict => verdicts[from + i]?.verdict ?? Verdict.refused;
      this.#applyOne(transaction, author, verdictOf);
      for (const [i, { definition }] of transaction.entries.entries()) {
        const verdict = verdictOf(i);
        this.#options.onEntry?.({
          seq: verdict === Verdict.accepted ? seq++ : undefined,
          type: definition.type,
          label: transaction.label,
          author: toHex(author),
          time,
          status: STATUS[verdict],
        });
      }
    }
    this.#document.sweep();
  }

  /** O2, S2: what was accepted was its author's to do, must act, and act as when it was judged. */
  #applyOne(
    { entries }: ReadTransaction,
    author: Bytes,
    verdictOf: (entry: number) => Verdict,
  ): void {
    const accepted = entries.filter((_, i) => verdictOf(i) === Verdict.accepted);
    const nameOf = (at: number): { name: string; type: string } | undefined => {
      const entry = accepted[at];
      return entry && { name: entryName(this.#document, [entry]), type: entry.definition.type };
    };
    const forbidden = this.#forbidden(accepted, author);
    if (forbidden >= 0) {
      throw new Finding('role', 'was accepted beyond the role of its author', nameOf(forbidden));
    }
    const result = applyTransaction(this.#document, accepted);
    if (result.refused) {
      throw new Finding('diverged', 'was accepted and does not apply', nameOf(result.entry));
    }
    const idle = result.effects.indexOf(SUPERSEDED);
    if (idle >= 0) throw new Finding('diverged', 'was accepted and has no effect', nameOf(idle));
  }

  /**
   * Which of these entries its author might not make, by the log before them; -1 for none. A log that
   * was begun before roles were logged says nothing of them until it names its first link.
   */
  #forbidden(entries: readonly ReadEntry[], author: Bytes): number {
    const { governance } = this.#document;
    if (governance.links.size === 0) return -1;
    const actor = actorOf(governance, this.#options.sessionKey, author);
    return entries.findIndex(
      ({ definition }) => objectionTo(governance, actor, definition.role) !== NO_OBJECTION,
    );
  }

  #compare(index: number): void {
    for (let known = this.#known[0]; known && known.index <= index; known = this.#known[0]) {
      this.#known.shift();
      if (known.index === index && worldHash(this.#document) !== known.worldHash) {
        throw new Finding('world_hash', `the document after it is not that of ${known.source}`);
      }
    }
  }

  #blame({ code, message, entry }: Finding, judgement: JudgementBody | undefined): void {
    const index = judgement?.index ?? this.index + 1;
    this.#fault = {
      index,
      ...(judgement && { author: toHex(judgement.author) }),
      ...(entry && { entry: entry.name, type: entry.type }),
      code,
      message: entry
        ? `Record ${index}, entry ${entry.name} (${entry.type}): it ${message}.`
        : sentence(index, message),
    };
  }
}

function judgementOf(packet: JudgedPacket | Finding): JudgementBody | undefined {
  return packet instanceof Finding ? undefined : packet.judgement;
}

/** `Record 17: its packet …` */
function sentence(index: number, what: string): string {
  return `Record ${index}: ${what}${what.endsWith('.') ? '' : '.'}`;
}

function followChain(position: LogPosition, judgement: JudgementBody): LogPosition {
  try {
    return follow(position, judgement);
  } catch (thrown) {
    if (!(thrown instanceof ThetaError)) throw thrown;
    const expected = position.index + 1;
    const what =
      judgement.index === expected
        ? 'its head does not follow from the record before'
        : `it calls itself record ${judgement.index}`;
    throw new Finding('diverged', what);
  }
}

function findingOf(thrown: unknown): Finding {
  if (thrown instanceof Finding) return thrown;
  if (thrown instanceof ThetaError) return new Finding(thrown.code, thrown.message);
  throw thrown;
}
