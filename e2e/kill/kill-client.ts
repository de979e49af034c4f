import { ClientSession } from '../../src/client/session/client-session.ts';
import { giveBackOverHttp } from '../../src/client/session/give-back-http.ts';
import { ownAgreement } from '../../src/commands/agreement.ts';
import type { CommandOutcome } from '../../src/commands/local-transaction.ts';
import type { Issued } from '../../src/commands/pipeline.ts';
import { generateKeys, webCryptoSigner, webCryptoVerifier } from '../../src/commands/signing.ts';
import { decompress } from '../../src/protocol/compression.ts';
import { worldHash } from '../../src/replication/document-codec.ts';
import { type Bytes, fromBase64Url, toHex } from '../../src/shared/bytes.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { systemRandom } from '../../src/shared/random.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { connectWebSocket } from '../../src/transport/websocket.ts';
import { connectWebTransport } from '../../src/transport/webtransport.ts';
import { MemoryLastKnown, MemoryOutboxStore, MemoryTray } from '../sim/memory-stores.ts';

export type KillRung = 'webtransport' | 'websocket';

export interface KillClientOptions {
  readonly httpUrl: string;
  readonly sessionId: string;
  readonly token: string;
  readonly name: string;
  readonly rung: KillRung;
}

interface Offer {
  readonly webtransport?: { readonly url: string; readonly certificateHashes: readonly string[] };
  readonly websocket?: { readonly path: string };
}

/** A person who edits: the page's session over a real transport, without the page. */
export class KillClient {
  readonly session: ClientSession;
  /** Ids of what was acknowledged as accepted. */
  readonly acknowledged: string[] = [];

  private constructor(session: ClientSession) {
    this.session = session;
  }

  static async start(options: KillClientOptions): Promise<KillClient> {
    const { httpUrl, sessionId, token, name } = options;
    const fetchBlob = async (digest: string): Promise<Bytes> => {
      const headers = { Authorization: `Bearer ${session.uploadToken}` };
      const response = await fetch(`${httpUrl}/blobs/${digest}`, { headers });
      if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      return new Uint8Array(await response.arrayBuffer());
    };
    const session: ClientSession = new ClientSession({
      sessionId: fromBase64Url(sessionId) as Bytes,
      token,
      signer: await webCryptoSigner(await generateKeys(false)),
      verifier: webCryptoVerifier(),
      replica: 0,
      name,
      color: 0xffffff,
      agreement: ownAgreement(),
      store: new MemoryOutboxStore(),
      trayStore: new MemoryTray(),
      lastKnownStore: new MemoryLastKnown({ decompress, fetchBlob }),
      clock: systemClock,
      random: systemRandom,
      connect: () => connect(options),
      decompress,
      fetchBlob,
      giveBack: giveBackOverHttp(sessionId, () => Promise.resolve(undefined)),
      uploadBlob: async ({ blob }) => {
        if (!blob) return;
        const url = `${httpUrl}/api/sessions/${sessionId}/blobs/${toHex(blob.digest)}`;
        const headers = { Authorization: `Bearer ${session.uploadToken}` };
        const response = await fetch(url, { method: 'PUT', body: blob.bytes, headers });
        await response.body?.cancel();
        if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      },
    });
    await session.start();
    return new KillClient(session);
  }

  get isQuiet(): boolean {
    const { session } = this;
    return session.status === 'connected' && session.pending === 0 && session.outbox.unsealed === 0;
  }

  /** For people who read a failure. */
  get state(): string {
    const { status, transport, seq, pending, problem, outbox } = this.session;
    const packets = outbox.packets.length;
    return `${status} by ${transport} at ${seq}, ${pending} pending in ${packets} packets ${problem?.message ?? ''}`;
  }

  get hash(): string {
    return worldHash(this.session.document);
  }

  /** Keeps what is acknowledged. */
  does(issued: Issued | undefined): Promise<CommandOutcome> | undefined {
    const outcome = issued?.outcome;
    void outcome?.then(({ status, id }) => {
      if (status === 'accepted') this.acknowledged.push(id);
    });
    return outcome;
  }
}

async function connect({ httpUrl, rung }: KillClientOptions): Promise<Transport> {
  const response = await fetch(`${httpUrl}/api/transport`);
  const { webtransport, websocket } = (await response.json()) as Offer;
  if (rung === 'websocket' && websocket)
    return connectWebSocket(new URL(websocket.path, httpUrl.replace('http', 'ws')));
  if (!webtransport) throw new Error(`The server has no ${rung}.`);
  const certificateHashes = webtransport.certificateHashes.map((hash) =>
    Uint8Array.from(atob(hash), (character) => character.charCodeAt(0)),
  );
  return connectWebTransport(webtransport.url, { certificateHashes });
}
