import { ownAgreement } from '../../commands/agreement.ts';
import { DOCUMENT_COMPONENTS } from '../../ecs/components/index.ts';
import { Document } from '../../ecs/document/document.ts';
import { World } from '../../ecs/world.ts';
import { decompressSnapshot, expectSnapshot } from '../../protocol/compression.ts';
import { fromBase64Url, toHex } from '../../shared/bytes.ts';
import { systemClock } from '../../shared/clock.ts';
import { systemRandom } from '../../shared/random.ts';
import type { Ladder } from '../../transport/ladder.ts';
import type { Transport } from '../../transport/transport.ts';
import type { SessionLink } from '../../ui/pages/session-link.ts';
import { AssetCache } from '../assets/asset-cache.ts';
import { BACKOFF } from '../assets/backoff.ts';
import { HttpBlobUploader } from '../assets/blob-uploader.ts';
import { type Identity, loadIdentity } from '../identity/identity.ts';
import { type Appearance, appearanceOf } from '../identity/person.ts';
import { claimReplica, replicaBase } from '../identity/replica.ts';
import { compactElsewhere } from '../storage/compact-elsewhere.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { DatabaseHistory } from '../storage/history-store.ts';
import { DatabaseLastKnown } from '../storage/last-known-store.ts';
import { PacketStore, replicasWithEdits } from '../storage/packet-store.ts';
import { DatabaseTray } from '../storage/tray-store.ts';
import { ClientSession } from './client-session.ts';
import { giveBackOverHttp } from './give-back-http.ts';

/** Entities for which there is room at once: columns that never grow are the fastest to read. */
const CAPACITY = 16_384;

/** A session of this browser's author, and what it stands on. */
export interface SessionParts {
  readonly session: ClientSession;
  readonly sessionId: string;
  readonly identity: Identity;
  readonly appearance: Appearance;
  readonly database: Database;
  readonly assets: AssetCache;
  readonly uploader: HttpBlobUploader;
}

/**
 * Prepares a session that is yet to be started: identity, replica, and what they left waiting.
 * @param ladder where its transports come from
 * @param connecting a first connection, on its way already
 */
export async function createSession(
  { sessionId, token }: SessionLink,
  ladder: Ladder,
  connecting: Promise<Transport>,
): Promise<SessionParts> {
  const database = await openDatabase();
  const [identity, base, waiting] = await Promise.all([
    loadIdentity(database),
    replicaBase(database),
    replicasWithEdits(database, sessionId),
  ]);
  const replica = await claimReplica(sessionId, waiting, base);
  const appearance = appearanceOf(identity.signer.publicKey);
  const assets = new AssetCache({
    token: () => session.uploadToken,
    rejoined: (token) => session.rejoined(token),
  });
  const uploader = new HttpBlobUploader({
    sessionId,
    uploadToken: () => session.uploadToken,
    rejoined: (token) => session.rejoined(token),
    // Longer than it takes to notice that the server has gone.
    backoff: { ...BACKOFF, attempts: 8 },
  });
  let first: Promise<Transport> | undefined = connecting;
  const session = new ClientSession({
    sessionId: fromBase64Url(sessionId) ?? new Uint8Array(0),
    token,
    ...identity,
    replica,
    ...appearance,
    agreement: ownAgreement(),
    store: new PacketStore(database, sessionId, replica),
    lastKnownStore: new DatabaseLastKnown(database, sessionId, () =>
      compactElsewhere({ sessionId, token: session.uploadToken }),
    ),
    trayStore: new DatabaseTray(database, sessionId, replica),
    historyStore: new DatabaseHistory(database, sessionId, replica),
    clock: systemClock,
    random: systemRandom,
    connect: () => {
      const transport = first ?? ladder.connect();
      first = undefined;
      return transport;
    },
    ladder,
    decompress: decompressSnapshot,
    expectSnapshot,
    loadMessages: async () => {
      const { loadMessageCodec } = await import('../../protocol/message-compression.ts');
      return loadMessageCodec();
    },
    document: new Document(new World({ capacity: CAPACITY, components: DOCUMENT_COMPONENTS })),
    fetchBlob: (digest) => assets.bytes(digest),
    giveBack: giveBackOverHttp(sessionId, (digest) => assets.held(digest)),
    uploadBlob: async ({ blob }) => {
      if (blob === undefined) return;
      const digest = toHex(blob.digest);
      // The entries of a packet are wanted again when this page opens without a server.
      assets.put(digest, blob.bytes);
      await uploader.upload(blob.bytes, digest);
    },
  });
  return { session, sessionId, identity, appearance, database, assets, uploader };
}
