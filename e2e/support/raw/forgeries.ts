import { encodeEntries, type Transaction } from '../../../src/commands/entries.ts';
import type { LocalTransaction } from '../../../src/commands/local-transaction.ts';
import { CommandLog } from '../../../src/commands/log.ts';
import { sealPacket } from '../../../src/commands/packet.ts';
import { NO_OBJECTION } from '../../../src/commands/permissions.ts';
import { CommandPipeline } from '../../../src/commands/pipeline.ts';
import { generateKeys, type Signer, webCryptoSigner } from '../../../src/commands/signing.ts';
import { Document } from '../../../src/ecs/document/document.ts';
import { AUTHOR_ID_BYTES } from '../../../src/ecs/document/sites.ts';
import { decode, encode } from '../../../src/protocol/codec.ts';
import { DecodeError } from '../../../src/protocol/decode-error.ts';
import { MAX_PACKET_BYTES } from '../../../src/protocol/limits.ts';
import type { Bytes } from '../../../src/shared/bytes.ts';

/** What an honest packet of a replica needs. */
export interface Sender {
  readonly session: Bytes;
  readonly signer: Signer;
  readonly replica: number;
  /** What the server expects next. */
  readonly nonce: number;
  /** At least the server's clock. */
  readonly lamport: number;
}

/** What can be wrong with a packet; `honest` is nothing. */
export const FORGERIES = {
  honest: (sender: Sender) => packetOf(sender, creation(sender)),

  empty: async () => new Uint8Array(0),

  truncated: async (sender: Sender) => {
    const packet = await packetOf(sender, creation(sender));
    return packet.slice(0, packet.length >> 1);
  },

  oversized: async () => new Uint8Array(MAX_PACKET_BYTES + 1),

  unsigned: async (sender: Sender) => {
    const { body } = decode('Packet', await packetOf(sender, creation(sender)));
    return encode('Packet', { body, signature: new Uint8Array(64) });
  },

  'signed by another': async (sender: Sender) => {
    const { body } = decode('Packet', await packetOf(sender, creation(sender)));
    const signature = await (await somebodyElse()).sign('theta packet 1', body);
    return encode('Packet', { body, signature });
  },

  'in the name of another': async (sender: Sender) =>
    packetOf({ ...sender, signer: await somebodyElse() }, creation(sender)),

  'of another replica': (sender: Sender) =>
    packetOf({ ...sender, replica: sender.replica + 1 }, creation(sender)),

  'for another session': (sender: Sender) =>
    packetOf({ ...sender, session: sender.session.map((byte) => byte ^ 1) }, creation(sender)),

  'of an unknown type': (sender: Sender) => packetOf(sender, withUnknownType(creation(sender))),

  'with NaN': (sender: Sender) => packetOf(sender, withNaN(movement(sender))),

  'without entries': (sender: Sender) => packetOf(sender, undefined),

  'with cut entries': (sender: Sender) => packetOf(sender, creation(sender).slice(0, 40)),

  'from a clock far ahead': (sender: Sender) => {
    const ahead = { ...sender, lamport: sender.lamport + 1_000_000 };
    return packetOf(ahead, creation(ahead));
  },
} as const satisfies Readonly<Record<string, (sender: Sender) => Promise<Bytes>>>;

export type Forgery = keyof typeof FORGERIES;

function packetOf(sender: Sender, entries: Bytes | undefined): Promise<Bytes> {
  const { session, signer, replica, nonce, lamport } = sender;
  return sealPacket(signer, {
    session,
    replica,
    nonce,
    lamport: lamport + 1,
    blobSize: 0,
    ...(entries && { entries }),
  });
}

async function somebodyElse(): Promise<Signer> {
  return webCryptoSigner(await generateKeys(true));
}

/** The entries of making one entity. */
function creation(sender: Sender): Bytes {
  return entriesOf(sender, (pipeline) => pipeline.execute('entity.create', { name: 'Forged' }));
}

/** Numbers without a byte of zeros are written whole. */
const MARKED = Math.fround(12_345.567);
const BESIDE = [Math.fround(0.1), Math.fround(0.3)] as const;

/** The entries of moving it, with a number that can be found again. */
function movement(sender: Sender): Bytes {
  return entriesOf(sender, (pipeline) => {
    const { result } = pipeline.execute('entity.create', {});
    const { entity } = result as { entity: string };
    pipeline.execute('transform.set', { entity, position: [MARKED, ...BESIDE] });
  });
}

function entriesOf(sender: Sender, edit: (pipeline: CommandPipeline) => void): Bytes {
  const document = new Document();
  const author = sender.signer.publicKey.slice(0, AUTHOR_ID_BYTES);
  const site = document.sites.intern(author, sender.replica);
  const log = new CommandLog(document, site);
  log.observe(sender.lamport);
  const made: Transaction[] = [];
  const enqueue = (transaction: LocalTransaction): void => void made.push(transaction);
  edit(new CommandPipeline({ log, enqueue, objection: () => NO_OBJECTION }));
  return encodeEntries(document, site, sender.lamport + 1, made);
}

const UNKNOWN_MEMBER = 250;

/** The same with the discriminant of its union raised beyond what there is. */
function withUnknownType(entries: Bytes): Bytes {
  for (let at = 0; at < entries.length; at++) {
    const changed = entries.slice();
    changed[at] = UNKNOWN_MEMBER;
    if (faultIn(changed) === 'unknown_union_member') return changed;
  }
  throw new RangeError('There is no union in these entries.');
}

function faultIn(entries: Bytes): string | undefined {
  try {
    decode('Entries', entries);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof DecodeError) return thrown.code;
    throw thrown;
  }
}

function withNaN(entries: Bytes): Bytes {
  const changed = entries.slice();
  const view = new DataView(changed.buffer);
  for (let at = 0; at + 4 <= changed.length; at++) {
    if (view.getFloat32(at, true) !== MARKED) continue;
    view.setFloat32(at, Number.NaN, true);
    return changed;
  }
  throw new RangeError('The marked number is not in these entries.');
}
