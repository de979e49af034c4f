import { PROTOCOL_VERSION } from '../../commands/packet.ts';
import { VOCABULARY } from '../../commands/registry.ts';
import { transcriptOf, type Verifier } from '../../commands/signing.ts';
import type { Challenge, Hello } from '../../protocol/generated/types.ts';
import { type Bytes, equalBytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';

/** Why a peer is not let in: a stable code, and a sentence that it can act on (T3). */
export class JoinRefused extends ThetaError {}

/** T3: whether the two ends can speak with each other. @throws {JoinRefused} */
export function checkCompatibility(hello: Hello, schema: Uint8Array): void {
  if (hello.protocolMax < PROTOCOL_VERSION) {
    throw new JoinRefused('outdated_client', 'This page is older than the server. Reload it.');
  }
  if (hello.protocolMin > PROTOCOL_VERSION) {
    throw new JoinRefused(
      'outdated_server',
      'The server is older than this page. Try again later.',
    );
  }
  if (hello.vocabulary !== VOCABULARY || !equalBytes(hello.schema, schema)) {
    const newer = hello.vocabulary > VOCABULARY;
    throw newer
      ? new JoinRefused('outdated_server', 'The server is older than this page. Try again later.')
      : new JoinRefused('outdated_client', 'This page is older than the server. Reload it.');
  }
}

export function makeChallenge(sessionKey: Bytes): Challenge {
  const random = crypto.getRandomValues(new Uint8Array(32));
  return { protocol: PROTOCOL_VERSION, sessionKey, random };
}

/** Whether the author of the hello holds the key that it names. */
export function verifyProof(
  verifier: Verifier,
  challenge: Challenge,
  hello: { readonly author: Bytes; readonly bytes: Bytes },
  signature: Bytes,
): Promise<boolean> {
  const transcript = transcriptOf(challenge.random, hello.bytes);
  return verifier.verify(hello.author, 'theta proof 1', transcript, signature);
}
