import { decodeEntries, type Entry, encodeEntries } from '../../src/commands/entries.ts';
import { openPacket, sealPacket, verifyPacket } from '../../src/commands/packet.ts';
import { newestDefinition } from '../../src/commands/registry.ts';
import {
  generateKeys,
  type Signer,
  webCryptoSigner,
  webCryptoVerifier,
} from '../../src/commands/signing.ts';
import { applyTransaction } from '../../src/commands/transaction.ts';
import { Document } from '../../src/ecs/document/document.ts';
import { type EntityId, entityId } from '../../src/ecs/document/entity-id.ts';
import { AUTHOR_ID_BYTES, NO_SITE, type Site } from '../../src/ecs/document/sites.ts';
import { type Compressor, decompress, loadCompressor } from '../../src/protocol/compression.ts';
import { MAX_SNAPSHOT_BYTES } from '../../src/protocol/limits.ts';
import { readSnapshot, writeSnapshot } from '../../src/replication/snapshot.ts';
import type { Bytes } from '../../src/shared/bytes.ts';
import type { Move, Subject } from './subject.ts';

const SESSION = new Uint8Array(16).fill(5);
const REPLICA = 1;
const set = newestDefinition('transform.set');
const create = newestDefinition('entity.create');

/** One author's replica. */
class Author {
  readonly document = new Document();
  readonly signer: Signer;
  readonly by: { readonly author: Bytes; readonly replica: number };
  #site: Site = NO_SITE;
  #nonce = 0;

  constructor(signer: Signer) {
    this.signer = signer;
    this.by = { author: signer.publicKey.slice(0, AUTHOR_ID_BYTES), replica: REPLICA };
  }

  enter(): void {
    this.#site = this.document.sites.intern(this.by.author, REPLICA);
  }

  /** Each edit is a transaction of its own, as two clicks of a person are. */
  async send(ids: readonly EntityId[], moves: readonly Move[], lamport: number): Promise<Bytes> {
    if (!set) throw new Error('There is no transform.set.');
    const transactions = moves.map(({ entity, position }, i) => {
      const stamp = { lamport: lamport + i, site: this.#site };
      const entry: Entry = { definition: set, op: { entity: ids[entity], position }, stamp };
      applyTransaction(this.document, [entry]);
      return { label: 'Move', entries: [entry] };
    });
    const entries = encodeEntries(this.document, this.#site, lamport, transactions);
    this.#nonce += 1;
    const nonce = this.#nonce;
    const fields = { session: SESSION, replica: REPLICA, nonce, lamport, entries, blobSize: 0 };
    return sealPacket(this.signer, fields);
  }
}

function fill(document: Document, by: { author: Bytes; replica: number }, count: number): void {
  const site = document.sites.intern(by.author, by.replica);
  const component = document.componentIndex('transform') as number;
  for (let counter = 1; counter <= count; counter++) {
    const components = [{ component, fields: [] }];
    const op = { entity: entityId(site, counter), parent: 0, order: 'a0', components };
    create?.apply(document, op as never, { lamport: 1, site });
  }
}

async function take(document: Document, bytes: Bytes, check: boolean): Promise<void> {
  const packet = openPacket(bytes);
  if (check && !(await verifyPacket(verifier, packet))) throw new Error('A signature is wrong.');
  const { author, replica, lamport, entries } = packet.body;
  const by = { author: author.slice(0, AUTHOR_ID_BYTES), replica };
  for (const { entries: read } of decodeEntries(document, by, lamport, entries as Bytes)) {
    if (applyTransaction(document, read).refused) throw new Error('An entry was refused.');
  }
}

const verifier = webCryptoVerifier();

/** Signed packets, verified and applied; snapshots as a server sends them. */
export async function thetaSubject(entities: number, authors: number): Promise<Subject> {
  const people: Author[] = [];
  for (let i = 0; i < authors; i++) {
    people.push(new Author(await webCryptoSigner(await generateKeys(false))));
  }
  const [first] = people;
  if (!first) throw new RangeError('There must be an author.');
  const receiver = new Document();
  const documents = [receiver, ...people.map(({ document }) => document)];
  for (const document of documents) {
    fill(document, first.by, entities);
    for (const { by } of people) document.sites.intern(by.author, by.replica);
  }
  for (const person of people) person.enter();
  const origin = receiver.sites.intern(first.by.author, REPLICA);
  const ids = Array.from({ length: entities }, (_, i) => entityId(origin, i + 1));
  const compress: Compressor = await loadCompressor();
  let lamport = 1;
  return {
    label: 'theta',
    note: 'theta signs and verifies each packet; the others do neither',
    signed: true,
    send(author, moves) {
      const base = lamport + 1;
      lamport += moves.length;
      return (people[author] as Author).send(ids, moves, base);
    },
    receive: (packet) => take(receiver, packet, true),
    async share(author, packet) {
      for (const [at, { document }] of people.entries()) {
        if (at !== author) await take(document, packet, false);
      }
    },
    snapshot: () => compress(writeSnapshot(receiver, { lamport, marks: [] })),
    load(snapshot) {
      const document = new Document();
      readSnapshot(document, decompress(snapshot, MAX_SNAPSHOT_BYTES));
      const site = document.sites.intern(first.by.author, REPLICA);
      const entity = document.entityOf(entityId(site, 1));
      const component = document.componentIndex('transform') as number;
      if (entity === undefined) return [];
      return document.fieldValue(entity, component, 0) as readonly number[];
    },
  };
}
