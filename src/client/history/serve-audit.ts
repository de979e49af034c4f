import { type HistoryEntry, LogAudit } from '../../commands/log-audit.ts';
import { naclVerifier } from '../../commands/nacl-signing.ts';
import { hasNativeEd25519, webCryptoVerifier } from '../../commands/signing.ts';
import { decode } from '../../protocol/codec.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { messageOf } from '../../shared/errors.ts';
import type { AuditReply, AuditRequest } from './audit-messages.ts';

/** The worker's side of an audit: takes requests in their order and answers; never throws. */
export class AuditService {
  readonly #post: (reply: AuditReply) => void;
  readonly #blobs = new Map<string, (bytes: Bytes | undefined) => void>();
  #audit: LogAudit | undefined;
  #entries: HistoryEntry[] = [];
  #turn: Promise<void> = Promise.resolve();

  constructor(post: (reply: AuditReply) => void) {
    this.#post = post;
  }

  receive(request: AuditRequest): void {
    // A page in the middle of being read waits for this one.
    if (request.type === 'blob') {
      this.#blobs.get(request.digest)?.(request.bytes);
      this.#blobs.delete(request.digest);
      return;
    }
    this.#turn = this.#turn
      .then(() => this.#handle(request))
      .catch((thrown: unknown) => this.#post({ type: 'failed', message: messageOf(thrown) }));
  }

  async #handle(request: Exclude<AuditRequest, { type: 'blob' }>): Promise<void> {
    if (request.type === 'begin') {
      this.#audit = await this.#begin(request);
      return;
    }
    if (this.#audit === undefined) throw new Error('The audit has not begun.');
    if (request.type === 'end') {
      this.#post({ type: 'report', report: this.#audit.report() });
      return;
    }
    const { records } = decode('LogPage', new Uint8Array(request.page));
    await this.#audit.take(records);
    this.#post({ type: 'read', records: records.length, entries: this.#entries });
    this.#entries = [];
  }

  async #begin({
    sessionKey,
    known,
    wantsEntries,
  }: Extract<AuditRequest, { type: 'begin' }>): Promise<LogAudit> {
    return new LogAudit({
      sessionKey,
      known,
      verifier: (await hasNativeEd25519()) ? webCryptoVerifier() : naclVerifier(),
      readBlob: (digest) => this.#askForBlob(digest),
      ...(wantsEntries && { onEntry: (entry) => this.#entries.push(entry) }),
    });
  }

  #askForBlob(digest: string): Promise<Bytes | undefined> {
    return new Promise((resolve) => {
      this.#blobs.set(digest, resolve);
      this.#post({ type: 'blob', digest });
    });
  }
}
