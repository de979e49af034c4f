import type { Entry } from '../../commands/entries.ts';
import {
  follow,
  type JudgedPacket,
  type LogPosition,
  openAccepted,
  openJudgement,
  readPacketEntries,
  withRulings,
} from '../../commands/judged-packet.ts';
import { genesisHead } from '../../commands/judgement.ts';
import type { Verifier } from '../../commands/signing.ts';
import { applyTransaction } from '../../commands/transaction.ts';
import { Document } from '../../ecs/document/document.ts';
import type { Journal } from '../../ecs/document/journal.ts';
import { decode } from '../../protocol/codec.ts';
import { type Accepted, Verdict } from '../../protocol/generated/types.ts';
import { readSnapshot } from '../../replication/snapshot.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { SnapshotReceiver } from '../session/snapshot-receiver.ts';
import { fetchHistory, fetchLogPage, type SessionLogSource } from './session-log.ts';

export interface PastSource {
  readonly log: SessionLogSource;
  readonly sessionKey: () => Bytes;
  readonly verifier: Verifier;
  readonly fetchBlob: (digest: string) => Promise<Bytes>;
  readonly decompress: (bytes: Bytes, size: number) => Bytes | Promise<Bytes>;
}

/** The moment after an accepted entry. */
export interface Moment {
  /** Of the log record that has the entry. */
  readonly index: number;
  readonly seq: number;
}

/** An accepted transaction, and what applying it found, while it is applied. */
interface Frame {
  /** Of its last accepted entry. */
  readonly seq: number;
  readonly entries: readonly Entry[];
  journal: Journal | undefined;
}

/** Beyond so many records ahead, a snapshot nearer to the moment is asked for. */
const FAR_RECORDS = 600;

/**
 * D4: a document that goes back and forth in the session's history. It begins at a stored snapshot,
 * follows the log from there, and takes transactions off again to go back: a moment near the one
 * before costs what lies between them. Everything that comes is verified as if it were live (S1).
 */
export class PastReader {
  readonly document: Document;
  readonly #source: PastSource;
  #frames: Frame[] = [];
  #applied = 0;
  #base: LogPosition | undefined;
  #tail: LogPosition | undefined;

  constructor(source: PastSource, document = new Document()) {
    this.#source = source;
    this.document = document;
  }

  /**
   * Makes the document what it was at a moment. Not to be called again before it has settled.
   * @throws {ThetaError} `unreachable`, `forged`, `diverged`: then the document is what it was before,
   * or another moment
   */
  async moveTo(moment: Moment): Promise<void> {
    const ahead = moment.index - (this.#tail?.index ?? 0);
    const isBefore = this.#base !== undefined && moment.seq < this.#base.seq;
    if (this.#base === undefined || isBefore || ahead > FAR_RECORDS)
      await this.#begin(moment.index);
    while ((this.#tail?.index ?? 0) < moment.index) {
      const more = await this.#readPage();
      if (!more) throw new ThetaError('unreachable', 'This moment is not on the server yet.');
    }
    this.#step(moment.seq);
  }

  /** From the nearest snapshot, unless what is here is nearer. */
  async #begin(index: number): Promise<void> {
    const { log, verifier, sessionKey, decompress } = this.#source;
    const answer = new Uint8Array(await fetchHistory(log, `snapshot?index=${index}`));
    if (answer.length === 0) {
      if (this.#base?.index !== 0) this.#reset(undefined, () => undefined);
      return;
    }
    const { header: body, signature, bytes } = decode('PastSnapshot', answer);
    const receiver = new SnapshotReceiver();
    receiver.begin({ body, signature });
    receiver.add({ offset: 0, bytes });
    const { header, bytes: content } = await receiver.finish(verifier, sessionKey(), decompress);
    const isNearer = header.index > (this.#tail?.index ?? -1);
    const isNeeded = this.#base === undefined || index < this.#base.index;
    if (!isNearer && !isNeeded) return;
    const { epoch, index: at, seq, head } = header;
    this.#reset({ epoch, index: at, seq, head }, () => readSnapshot(this.document, content));
  }

  #reset(base: LogPosition | undefined, fill: () => void): void {
    this.document.clear();
    fill();
    this.document.sweep();
    this.#frames = [];
    this.#applied = 0;
    this.#base = base ?? { epoch: 0, index: 0, seq: 0, head: undefined };
    this.#tail = this.#base;
  }

  /** Whether there was anything to read. */
  async #readPage(): Promise<boolean> {
    const { log } = this.#source;
    const page = await fetchLogPage(log, this.#tail?.index ?? 0);
    const { records } = decode('LogPage', new Uint8Array(page));
    const opened = records.map((record) => this.#open(record));
    // Whichever is awaited first, no other may fail unheard.
    await Promise.allSettled(opened);
    for (const each of opened) await this.#take(await each);
    return records.length > 0;
  }

  async #open(record: Accepted): Promise<JudgedPacket> {
    const { verifier, sessionKey } = this.#source;
    const judgement = await openJudgement(verifier, sessionKey(), record.judgement);
    return { judgement, packet: await openAccepted(verifier, judgement, record.packet) };
  }

  async #take({ judgement, packet }: JudgedPacket): Promise<void> {
    const { fetchBlob, sessionKey } = this.#source;
    const before = this.#tail as LogPosition;
    const head = before.head ?? genesisHead(sessionKey(), judgement.epoch);
    const next = follow({ ...before, head }, judgement);
    const transactions = await readPacketEntries(this.document, packet, fetchBlob);
    let seq = before.seq;
    for (const { entries, rulings } of withRulings(transactions, judgement.verdicts)) {
      const accepted = entries.filter((_, i) => rulings[i]?.verdict === Verdict.accepted);
      if (accepted.length === 0) continue;
      seq += accepted.length;
      this.#frames.push({ seq, entries: accepted, journal: undefined });
    }
    this.#tail = next;
  }

  /** Applies what comes up to a number, and takes off what comes after it. */
  #step(seq: number): void {
    try {
      for (let frame = this.#frames[this.#applied]; frame && frame.seq <= seq; ) {
        const result = applyTransaction(this.document, frame.entries);
        if (result.refused) throw new ThetaError('diverged', 'The history does not fit together.');
        frame.journal = result.journal;
        this.#applied += 1;
        frame = this.#frames[this.#applied];
      }
      for (let last = this.#frames[this.#applied - 1]; last && last.seq > seq; ) {
        if (last.journal) this.document.rollBack(last.journal);
        last.journal = undefined;
        this.#applied -= 1;
        last = this.#frames[this.#applied - 1];
      }
    } finally {
      this.document.sweep();
    }
  }
}
