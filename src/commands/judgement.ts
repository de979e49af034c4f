import { sha256 } from '@noble/hashes/sha2.js';
import { decode, encode } from '../protocol/codec.ts';
import type { JudgementBody } from '../protocol/generated/types.ts';
import { type Bytes, concatBytes } from '../shared/bytes.ts';
import type { Ruling } from './local-transaction.ts';
import type { Signer } from './signing.ts';

/** The bytes of a judgement, and what they say. */
export interface SignedJudgement {
  readonly bytes: Bytes;
  readonly body: JudgementBody;
}

const GENESIS_LABEL = new TextEncoder().encode('theta session genesis v1');

/** The head of the empty log: SHA-256(label, the session's public key, epoch as u32 LE). */
export function genesisHead(publicKey: Uint8Array, epoch: number): Bytes {
  const tail = new Uint8Array(4);
  new DataView(tail.buffer).setUint32(0, epoch, true);
  return new Uint8Array(sha256(concatBytes(GENESIS_LABEL, publicKey, tail)));
}

/** D3: names the log up to and including a packet: SHA-256(head before, packet's digest, rulings). */
export function nextHead(head: Uint8Array, packet: Uint8Array, rulings: readonly Ruling[]): Bytes {
  const verdicts = Uint8Array.from(rulings.flatMap(({ verdict, reason }) => [verdict, reason]));
  return new Uint8Array(sha256(concatBytes(head, packet, verdicts)));
}

/** S1: the session's key vouches for what the server said of a packet. */
export async function signJudgement(
  signer: Signer,
  fields: JudgementBody,
): Promise<SignedJudgement> {
  const body = encode('JudgementBody', fields);
  const signature = await signer.sign('theta judgement 1', body);
  return { bytes: encode('Judgement', { body, signature }), body: fields };
}

/** What a stored judgement says; its signature is not checked. */
export function readJudgement(bytes: Bytes): JudgementBody {
  return decode('JudgementBody', decode('Judgement', bytes).body);
}
