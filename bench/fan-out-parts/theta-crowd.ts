import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Link, NOTHING_YET } from '../../src/client/session/link.ts';
import { ownAgreement } from '../../src/commands/agreement.ts';
import { type Entry, encodeEntries } from '../../src/commands/entries.ts';
import { sealPacket } from '../../src/commands/packet.ts';
import { newestDefinition } from '../../src/commands/registry.ts';
import { generateKeys, type Signer, webCryptoSigner } from '../../src/commands/signing.ts';
import { Document } from '../../src/ecs/document/document.ts';
import { entityId, NO_ENTITY_ID } from '../../src/ecs/document/entity-id.ts';
import { AUTHOR_ID_BYTES } from '../../src/ecs/document/sites.ts';
import { decode } from '../../src/protocol/codec.ts';
import { PackedReader } from '../../src/protocol/packed-bytes.ts';
import { type Bytes, fromBase64Url } from '../../src/shared/bytes.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { deferred } from '../../src/transport/deferred.ts';
import { webSocketTransport } from '../../src/transport/websocket.ts';
import { type Crowd, Heard, presenceOf, TICKS_PER_MS } from './crowd.ts';

export interface ThetaReady {
  readonly port: number;
  readonly session: string;
  readonly token: string;
}

/** Load clients check nothing: they share the machine with what is measured. */
const trusting = { verify: async (): Promise<boolean> => true };

class Member {
  readonly link: Link;
  readonly signer: Signer;
  readonly session: Bytes;
  #nonce = 0;
  #lamport = 1;

  constructor(link: Link, signer: Signer, session: Bytes) {
    this.link = link;
    this.signer = signer;
    this.session = session;
  }

  static async join({ port, session, token }: ThetaReady, heard: Heard): Promise<Member> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await once(socket, 'open');
    const transport = webSocketTransport(socket as unknown as globalThis.WebSocket);
    const signer = await webCryptoSigner(await generateKeys(false));
    const id = fromBase64Url(session) as Bytes;
    const joined = deferred();
    const options = {
      ...{ sessionId: id, signer, verifier: trusting, replica: 1, token, name: 'Load', color: 0 },
      ...{ agreement: ownAgreement(), position: NOTHING_YET, clock: systemClock },
    };
    const link = new Link(transport, options, {
      onWelcome: () => undefined,
      onPayload: ({ type }) => {
        if (type === 'CaughtUp') joined.resolve();
      },
      onRtt: () => undefined,
      onDoubt: () => undefined,
      onEnd: (problem) => joined.reject(problem),
    });
    await joined.promise;
    const hear = transport.onMessage;
    transport.onMessage = (lane, bytes) => {
      if (lane === 'unreliable') count(bytes, heard);
      else hear(lane, bytes);
    };
    return new Member(link, signer, id);
  }

  /** Makes an object once, and moves it from then on. */
  async edit(): Promise<void> {
    const document = new Document();
    const site = document.sites.intern(this.signer.publicKey.slice(0, AUTHOR_ID_BYTES), 1);
    const entity = entityId(site, 1);
    const isFirst = this.#nonce === 0;
    const transform = { component: document.componentIndex('transform'), fields: [] };
    const op = isFirst
      ? { entity, parent: NO_ENTITY_ID, order: 'a0', components: [transform] }
      : { entity, position: [this.#lamport, 0, 0] };
    const definition = newestDefinition(isFirst ? 'entity.create' : 'transform.set');
    if (definition === undefined) throw new Error('There is no such command.');
    this.#nonce += 1;
    this.#lamport += 1;
    const lamport = this.#lamport;
    const entry: Entry = { definition, op, stamp: { lamport, site } };
    const entries = encodeEntries(document, site, lamport, [{ label: 'Move', entries: [entry] }]);
    const packet = await sealPacket(this.signer, {
      ...{ session: this.session, replica: 1, nonce: this.#nonce, lamport, entries, blobSize: 0 },
    });
    this.link.send({ type: 'Submit', value: { packet } });
  }
}

function count(bytes: Bytes, heard: Heard): void {
  const { payload } = decode('ServerMessage', bytes);
  if (payload.type === 'Presence') heard.note(() => payload.value.tick / TICKS_PER_MS);
  if (payload.type !== 'Presences') return;
  const reader = new PackedReader(payload.value.messages);
  while (reader.left > 0) {
    const one = reader.take(reader.varint()) as Bytes;
    heard.note(() => {
      const { payload: inner } = decode('ServerMessage', one);
      return inner.type === 'Presence' ? inner.value.tick / TICKS_PER_MS : Number.NaN;
    });
  }
}

/** @param spacing metres between one and the next of a square of people */
export async function thetaCrowd(ready: ThetaReady, size: number, spacing: () => number) {
  Object.assign(globalThis, { WebSocket });
  const heard = new Heard();
  const members: Member[] = [];
  for (let i = 0; i < size; i++) members.push(await Member.join(ready, heard));
  const crowd: Crowd = {
    label: 'theta',
    show: (index) =>
      void members[index]?.link.transport.send('unreliable', presenceOf(index, spacing())),
    edit: (index) => members[index]?.edit(),
    heard: () => heard.take(),
  };
  return crowd;
}
