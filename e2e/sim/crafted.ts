import { type Entry, encodeEntries, type Transaction } from '../../src/commands/entries.ts';
import { readJudgement } from '../../src/commands/judgement.ts';
import { type PacketFields, sealPacket } from '../../src/commands/packet.ts';
import { reasonName } from '../../src/commands/refusal.ts';
import { newestDefinition } from '../../src/commands/registry.ts';
import { Document } from '../../src/ecs/document/document.ts';
import { AUTHOR_ID_BYTES, type Site } from '../../src/ecs/document/sites.ts';
import { encode } from '../../src/protocol/codec.ts';
import type { EntryVerdict } from '../../src/protocol/generated/types.ts';
import { type Bytes, fromBase64Url } from '../../src/shared/bytes.ts';
import { fastSigner } from './fast-signing.ts';
import type { SimPeer } from './sim-peer.ts';
import type { Simulation } from './simulation.ts';

/** Somebody who makes his packets by hand, and sends them over an honest peer's connection. */
export class Forger {
  readonly document = new Document();
  readonly site: Site;
  readonly #simulation: Simulation;
  readonly #peer: SimPeer;

  constructor(simulation: Simulation, peer: SimPeer) {
    this.#simulation = simulation;
    this.#peer = peer;
    this.site = this.siteOf(peer.options.author, peer.options.replica);
  }

  siteOf(author: string, replica: number): Site {
    const id = fastSigner(author).publicKey.subarray(0, AUTHOR_ID_BYTES);
    return this.document.sites.intern(id, replica);
  }

  /** The nonce that the server expects. */
  get nonce(): number {
    return this.#peer.session.outbox.nextNonce;
  }

  entry(type: string, op: unknown, lamport = 100): Entry {
    const definition = newestDefinition(type);
    if (definition === undefined) throw new Error(`${type} is no command.`);
    return { definition, op, stamp: { lamport, site: this.site } };
  }

  entries(...entries: readonly Entry[]): Bytes {
    const transactions: Transaction[] = [{ label: 'Forged', entries }];
    return encodeEntries(this.document, this.site, entries[0]?.stamp.lamport ?? 1, transactions);
  }

  /** A packet as the peer would sign it, but for what is given. */
  seal(fields: Partial<PacketFields>, signer = this.#peer.options.author): Promise<Bytes> {
    return sealPacket(fastSigner(signer), {
      session: fromBase64Url(this.#simulation.sessionId) as Bytes,
      replica: this.#peer.options.replica,
      nonce: this.nonce,
      lamport: 100,
      blobSize: 0,
      ...fields,
    });
  }

  /** Sends bytes as a packet. */
  async submit(packet: Bytes): Promise<void> {
    await this.send(encode('ClientMessage', { payload: { type: 'Submit', value: { packet } } }));
  }

  async send(message: Bytes): Promise<void> {
    this.#peer.transport?.send('reliable', message);
    await this.#simulation.run(300);
  }

  /** Sends entries in a good packet, and says what the server said of each. */
  async judge(...entries: readonly Entry[]): Promise<string[]> {
    await this.submit(await this.seal({ entries: this.entries(...entries) }));
    const verdicts = await this.lastVerdicts();
    this.#peer.session.outbox.raiseNonce(this.nonce + 1);
    return verdicts.map(({ reason }) => reasonName(reason));
  }

  async lastVerdicts(): Promise<readonly EntryVerdict[]> {
    const { storage, sessionId } = this.#simulation;
    const record = await storage.lastRecord(sessionId);
    return record ? readJudgement(record.judgement).verdicts : [];
  }
}

/** The value of a counter in the server's metrics; 0 where it was never counted. */
export async function counted(simulation: Simulation, name: string): Promise<number> {
  const text = await simulation.metrics.text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}
