/**
 * What an edit costs from the operation to the document of whoever receives it: encode, sign, verify,
 * decode and apply a packet of transforms, beside the bare signature and its check, which no signed
 * packet can do without. `npx tsx bench/pipeline.ts [--quick]`.
 */
import {
  decodeEntries,
  type Entry,
  encodeEntries,
  type Transaction,
} from '../src/commands/entries.ts';
import { openPacket, sealPacket, verifyPacket } from '../src/commands/packet.ts';
import { newestDefinition } from '../src/commands/registry.ts';
import {
  generateKeys,
  type Signer,
  type Verifier,
  webCryptoSigner,
  webCryptoVerifier,
} from '../src/commands/signing.ts';
import { applyTransaction } from '../src/commands/transaction.ts';
import { Document } from '../src/ecs/document/document.ts';
import { entityId } from '../src/ecs/document/entity-id.ts';
import { AUTHOR_ID_BYTES, type Site } from '../src/ecs/document/sites.ts';
import type { Bytes } from '../src/shared/bytes.ts';
import {
  type BenchOptions,
  type BenchReport,
  type BenchRow,
  isMain,
  type Measurement,
  printReport,
  ratioOf,
  timeRow,
} from './harness.ts';

/** The work of a packet of 64 beside its bare signature; a smaller one has less to share it among. */
const GOALS = new Map([
  [16, 1.5],
  [64, 1.2],
]);
const SESSION = new Uint8Array(16).fill(5);
const REPLICA = 1;

const FULL = { warmUp: 2000, rounds: 80, packets: 40 } as const;
const QUICK = { warmUp: 20, rounds: 5, packets: 10 } as const;

/** Something that takes turns with others, and is waited for. */
interface AsyncContestant {
  readonly label: string;
  readonly run: () => Promise<void>;
}

/** An author, and somebody who has the document that he edits. */
class TwoEnds {
  readonly author = new Document();
  readonly peer = new Document();
  readonly #signer: Signer;
  readonly #verifier: Verifier = webCryptoVerifier();
  readonly #site: Site;
  readonly #by: { readonly author: Bytes; readonly replica: number };
  #lamport = 1;
  #nonce = 0;

  constructor(signer: Signer, entities: number) {
    this.#signer = signer;
    this.#by = { author: signer.publicKey.slice(0, AUTHOR_ID_BYTES), replica: REPLICA };
    this.#site = this.author.sites.intern(this.#by.author, REPLICA);
    for (const document of [this.author, this.peer]) fill(document, this.#by, entities);
  }

  /** One packet all the way. */
  async pass(commands: number): Promise<void> {
    const lamport = this.#lamport;
    const transaction = this.#gesture(commands);
    const entries = encodeEntries(this.author, this.#site, lamport, [transaction]);
    this.#nonce += 1;
    const bytes = await sealPacket(this.#signer, {
      session: SESSION,
      replica: REPLICA,
      nonce: this.#nonce,
      lamport,
      entries,
      blobSize: 0,
    });
    const packet = openPacket(bytes);
    if (!(await verifyPacket(this.#verifier, packet))) throw new Error('The signature is wrong.');
    const { body } = packet;
    for (const { entries: read } of decodeEntries(
      this.peer,
      this.#by,
      body.lamport,
      body.entries as Bytes,
    )) {
      if (applyTransaction(this.peer, read).refused) throw new Error('An entry was refused.');
    }
  }

  #gesture(commands: number): Transaction {
    const definition = newestDefinition('transform.set');
    if (definition === undefined) throw new Error('There is no transform.set.');
    const entries = Array.from({ length: commands }, (_, i): Entry => {
      const stamp = { lamport: this.#lamport + i, site: this.#site };
      const position = [this.#lamport, i, 0.5];
      return { definition, op: { entity: entityId(this.#site, i + 1), position }, stamp };
    });
    this.#lamport += commands;
    return { label: 'Move', entries };
  }
}

function fill(document: Document, by: { author: Bytes; replica: number }, count: number): void {
  const definition = newestDefinition('entity.create');
  const site = document.sites.intern(by.author, by.replica);
  const component = document.componentIndex('transform') as number;
  for (let counter = 1; counter <= count; counter++) {
    const components = [{ component, fields: [] }];
    const op = { entity: entityId(site, counter), parent: 0, order: 'a0', components };
    definition?.apply(document, op as never, { lamport: 1, site });
  }
}

/**
 * The contestants take turns packet by packet, so that a disturbance of the machine meets them alike and
 * none has the threads of WebCrypto awake to itself. Nanoseconds a packet, by rounds.
 */
async function measureInTurns(
  contestants: readonly AsyncContestant[],
  { quick }: BenchOptions,
): Promise<Measurement[]> {
  const { warmUp, rounds, packets } = quick ? QUICK : FULL;
  for (let i = 0; i < warmUp; i++) for (const { run } of contestants) await run();
  const samples = contestants.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    const spent = contestants.map(() => 0);
    for (let i = 0; i < packets; i++) {
      for (const [at, { run }] of contestants.entries()) {
        const start = performance.now();
        await run();
        spent[at] = (spent[at] ?? 0) + performance.now() - start;
      }
    }
    for (const [at, ms] of spent.entries()) samples[at]?.push((ms * 1e6) / packets);
  }
  return contestants.map(({ label }, at) => summary(label, samples[at] ?? []));
}

function summary(label: string, rounds: readonly number[]): Measurement {
  const sorted = rounds.toSorted((a, b) => a - b);
  const share = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? 0;
  return { label, nanoseconds: share(0.5), quartiles: [share(0.25), share(0.75)], rounds };
}

async function compare(commands: number, options: BenchOptions): Promise<BenchRow[]> {
  const keys = await generateKeys(false);
  const signer = await webCryptoSigner(keys);
  const ends = new TwoEnds(signer, commands);
  const message = new Uint8Array(150 + 52 * commands);
  const [whole, bare] = await measureInTurns(
    [
      { label: 'encode, sign, verify, decode, apply', run: () => ends.pass(commands) },
      {
        label: 'bare Ed25519 sign and verify',
        run: async () => {
          const signature = await crypto.subtle.sign('Ed25519', keys.privateKey, message);
          await crypto.subtle.verify('Ed25519', keys.publicKey, signature, message);
        },
      },
    ],
    options,
  );
  if (whole === undefined || bare === undefined) return [];
  const ratio = ratioOf(whole, bare);
  const goal = GOALS.get(commands) ?? 1;
  const group = `${commands} transforms a packet`;
  return [
    timeRow(group, whole, { ratio, goal: `≤ ${goal} ×`, pass: ratio <= goal }),
    timeRow(group, bare),
  ];
}

export async function run(options: BenchOptions): Promise<BenchReport> {
  const rows: BenchRow[] = [];
  for (const commands of [16, 64]) rows.push(...(await compare(commands, options)));
  return {
    name: 'Signed pipeline',
    rows,
    notes: [
      'A packet at a time, each step waited for: what an edit costs, not what a core can do.',
    ],
  };
}

if (isMain(import.meta.url)) {
  printReport(await run({ quick: process.argv.includes('--quick') }));
}
