import { decode, encode } from '../protocol/codec.ts';
import type { PacketBody } from '../protocol/generated/types.ts';
import type { Bytes } from '../shared/bytes.ts';
import type { Signer, Verifier } from './signing.ts';

/** T3, S1: bumped when the meaning of what is signed changes. */
export const PROTOCOL_VERSION = 1;

/** A packet as it came: its exact bytes, and what they say before anything is believed. */
export interface OpenPacket {
  readonly bytes: Bytes;
  readonly body: PacketBody;
  readonly signed: Bytes;
  readonly signature: Bytes;
}

export type PacketFields = Omit<PacketBody, 'protocol' | 'author'>;

/** Signs a packet body as this signer's (S1). */
export async function sealPacket(signer: Signer, fields: PacketFields): Promise<Bytes> {
  const body = encode('PacketBody', {
    ...fields,
    protocol: PROTOCOL_VERSION,
    author: signer.publicKey,
  });
  const signature = await signer.sign('theta packet 1', body);
  return encode('Packet', { body, signature });
}

/** @throws {DecodeError} for what is no packet; the signature is not checked here */
export function openPacket(bytes: Bytes): OpenPacket {
  const { body: signed, signature } = decode('Packet', bytes);
  return { bytes, body: decode('PacketBody', signed), signed, signature };
}

export function verifyPacket(verifier: Verifier, packet: OpenPacket): Promise<boolean> {
  return verifier.verify(packet.body.author, 'theta packet 1', packet.signed, packet.signature);
}
