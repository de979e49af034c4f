import { sha256 } from '@noble/hashes/sha2.js';
import { encodeEntries } from '../../../commands/entries.ts';
import { genesisHead, nextHead, signJudgement } from '../../../commands/judgement.ts';
import type { LocalTransaction } from '../../../commands/local-transaction.ts';
import { CommandLog } from '../../../commands/log.ts';
import { sealPacket } from '../../../commands/packet.ts';
import { NO_OBJECTION } from '../../../commands/permissions.ts';
import { CommandPipeline } from '../../../commands/pipeline.ts';
import { generateKeys, type Signer, webCryptoSigner } from '../../../commands/signing.ts';
import { Document } from '../../../ecs/document/document.ts';
import { AUTHOR_ID_BYTES } from '../../../ecs/document/sites.ts';
import { encode } from '../../../protocol/codec.ts';
import { type Accepted, Reason, Verdict } from '../../../protocol/generated/types.ts';
import { worldHash } from '../../../replication/document-codec.ts';
import type { Bytes } from '../../../shared/bytes.ts';

const REPLICA = 1;
const EPOCH = 1;
const ACCEPTED = { verdict: Verdict.accepted, reason: Reason.none };

/** A session's log with real signatures, made in this process: what a server would have stored. */
export class SignedLog {
  readonly records: Accepted[] = [];
  /** `worldHash` after each record; before the first under 0. */
  readonly hashes: string[] = [];
  readonly sessionKey: Bytes;
  readonly document = new Document();
  readonly #session: Signer;
  readonly #author: Signer;
  readonly #pipeline: CommandPipeline;
  readonly #made: LocalTransaction[] = [];
  #head: Bytes;
  #seq = 0;

  private constructor(session: Signer, author: Signer) {
    this.#session = session;
    this.#author = author;
    this.sessionKey = session.publicKey;
    this.#head = genesisHead(session.publicKey, EPOCH);
    this.hashes.push(worldHash(this.document));
    const site = this.document.sites.intern(author.publicKey.slice(0, AUTHOR_ID_BYTES), REPLICA);
    this.#pipeline = new CommandPipeline({
      log: new CommandLog(this.document, site),
      enqueue: (transaction) => this.#made.push(transaction),
      objection: () => NO_OBJECTION,
    });
  }

  static async create(): Promise<SignedLog> {
    const keys = [await generateKeys(false), await generateKeys(false)] as const;
    return new SignedLog(await webCryptoSigner(keys[0]), await webCryptoSigner(keys[1]));
  }

  /** One more record, with one accepted command. Returns what it made. */
  async append(type: string, params: unknown): Promise<unknown> {
    const { result } = this.#pipeline.execute(type, params);
    const transaction = this.#made.pop() as LocalTransaction;
    const { lamport, site } = transaction.target;
    const session = new Uint8Array(sha256(this.sessionKey)).slice(0, 16);
    const nonce = this.records.length + 1;
    const packet = await sealPacket(this.#author, {
      session,
      replica: REPLICA,
      nonce,
      lamport,
      entries: encodeEntries(this.document, site, lamport, [transaction]),
      blobSize: 0,
    });
    const digest = new Uint8Array(sha256(packet));
    const verdicts = transaction.entries.map(() => ACCEPTED);
    this.#head = nextHead(this.#head, digest, verdicts);
    const judgement = await signJudgement(this.#session, {
      session,
      epoch: EPOCH,
      index: nonce,
      author: this.#author.publicKey,
      replica: REPLICA,
      nonce,
      packet: digest,
      firstSeq: this.#seq + 1,
      verdicts,
      head: this.#head,
      time: 1_800_000_000_000 + nonce,
    });
    this.#seq += verdicts.length;
    this.records.push({ judgement: judgement.bytes, packet });
    this.hashes.push(worldHash(this.document));
    return result;
  }

  /** The server's `GET …/log?after=`, `size` records a page; it has no snapshots. */
  fetchPages(size: number): typeof fetch {
    return async (input) => {
      const { pathname, searchParams } = new URL(String(input), 'http://localhost');
      if (pathname.endsWith('/snapshot')) return new Response(null, { status: 204 });
      const after = Number(searchParams.get('after'));
      return new Response(encode('LogPage', { records: this.records.slice(after, after + size) }));
    };
  }
}
