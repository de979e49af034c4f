/** Runs in a page of the server's own origin: a peer that need not behave, bundled by `bundle.ts`. */

import './jitless.ts';

import { loadIdentity } from '../../../src/client/identity/identity.ts';
import { fetchOffer, ladderToRooms } from '../../../src/client/session/connect.ts';
import { Link, NOTHING_YET } from '../../../src/client/session/link.ts';
import { openDatabase } from '../../../src/client/storage/database.ts';
import { ownAgreement } from '../../../src/commands/agreement.ts';
import { readJudgement } from '../../../src/commands/judgement.ts';
import { reasonName } from '../../../src/commands/refusal.ts';
import { generateKeys, webCryptoSigner, webCryptoVerifier } from '../../../src/commands/signing.ts';
import type { ServerPayload, WelcomeBody } from '../../../src/protocol/generated/types.ts';
import { type Bytes, fromBase64Url } from '../../../src/shared/bytes.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import type { ThetaError } from '../../../src/shared/errors.ts';
import { FORGERIES, type Forgery } from './forgeries.ts';

/** What the server made of a message. */
export type Answer =
  | { readonly kind: 'judged'; readonly reasons: readonly string[] }
  | { readonly kind: 'dropped'; readonly code: string; readonly message: string }
  | { readonly kind: 'ended'; readonly code: string; readonly message: string };

export interface RawClientOptions {
  readonly sessionId: string;
  readonly token?: string;
  /** The identity of this page, in place of a new one: then no token is needed. */
  readonly asThisPage?: boolean;
}

export interface RawClient {
  /** Joins in a connection of its own, submits one packet, and leaves. */
  submit(options: RawClientOptions, forgery: Forgery): Promise<Answer>;
  /** The same with bytes that are no message at all. */
  babble(options: RawClientOptions, length: number): Promise<Answer>;
}

declare global {
  interface Window {
    rawClient: RawClient;
  }
}

/** Of a tab that nobody has open. */
const REPLICA = 900;

/** A peer after its handshake; hears one answer. */
class Peer {
  readonly welcome = Promise.withResolvers<WelcomeBody>();
  readonly answer = Promise.withResolvers<Answer>();
  #caughtUp = Promise.withResolvers<void>();
  #link: Link | undefined;

  async join({ sessionId, token, asThisPage }: RawClientOptions) {
    const session = fromBase64Url(sessionId) as Bytes;
    const signer = asThisPage
      ? (await loadIdentity(await openDatabase())).signer
      : await webCryptoSigner(await generateKeys(true));
    const joiner = { sessionId, token, signer };
    const ladder = ladderToRooms(undefined, fetchOffer(), async () => joiner);
    const transport = await ladder.connect();
    const link = new Link(
      transport,
      {
        sessionId: session,
        signer,
        verifier: webCryptoVerifier(),
        replica: REPLICA,
        token,
        name: 'Forger',
        color: 0,
        agreement: ownAgreement(),
        position: NOTHING_YET,
        clock: systemClock,
      },
      {
        onWelcome: (welcome) => this.welcome.resolve(welcome),
        onPayload: (payload) => this.#hear(payload),
        onRtt: () => undefined,
        onDoubt: () => undefined,
        onEnd: (problem) => this.#onEnd(problem),
      },
    );
    this.#link = link;
    const { nextNonce: nonce, lamport } = await this.welcome.promise;
    await this.#caughtUp.promise;
    return { link, sender: { session, signer, replica: REPLICA, nonce, lamport } };
  }

  leave(): void {
    this.#link?.close();
  }

  #hear(payload: ServerPayload): void {
    if (payload.type === 'CaughtUp') this.#caughtUp.resolve();
    if (payload.type === 'Judged') {
      const { verdicts } = readJudgement(payload.value.judgement);
      const reasons = verdicts.map(({ reason }) => reasonName(reason));
      this.answer.resolve({ kind: 'judged', reasons });
    }
    if (payload.type === 'Dropped') {
      const { code, message } = payload.value;
      this.answer.resolve({ kind: 'dropped', code, message });
    }
  }

  #onEnd({ code, message }: ThetaError): void {
    this.answer.resolve({ kind: 'ended', code, message });
    this.welcome.reject(new Error(`${code}: ${message}`));
    this.#caughtUp.reject(new Error(`${code}: ${message}`));
  }
}

async function withPeer(
  options: RawClientOptions,
  act: (peer: Awaited<ReturnType<Peer['join']>>) => Promise<void>,
): Promise<Answer> {
  const peer = new Peer();
  await act(await peer.join(options));
  const answer = await peer.answer.promise;
  peer.leave();
  return answer;
}

window.rawClient = {
  submit: (options, forgery) =>
    withPeer(options, async ({ link, sender }) => {
      const packet = await FORGERIES[forgery](sender);
      link.send({ type: 'Submit', value: { packet } });
    }),
  babble: (options, length) =>
    withPeer(options, async ({ link }) => {
      const bytes = new Uint8Array(length).fill(0xa7);
      link.transport.send('reliable', bytes);
    }),
};
