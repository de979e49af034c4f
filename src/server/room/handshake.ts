import type { Agreement, Terms } from '../../commands/agreement.ts';
import { commonCapabilities } from '../../commands/capabilities.ts';
import { transcriptOf, type Verifier } from '../../commands/signing.ts';
import type { Challenge, Hello } from '../../protocol/generated/types.ts';
import { MAX_CAPABILITIES } from '../../protocol/limits.ts';
import { type Bytes, equalBytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { Fault } from './room.ts';

/** Why a peer is not let in: a stable code, and a sentence that it can act on (T3). */
export class JoinRefused extends ThetaError {}

const OLDER =
  'This page is older than the server, and does not know all that can be done here now. Reload it; edits that wait are kept.';
const NEWER =
  'The server is older than this page. The page goes on trying; edits are kept here meanwhile.';
const OTHER =
  'This page and the server are of different releases. Reload the page; edits that wait are kept.';

/**
 * T3: what the two ends speak with each other. Vocabulary and components only grow: the end that has
 * fewer of them is the older one.
 * @throws {JoinRefused} where they cannot: `outdated_client` or `outdated_server`
 * @throws {Fault} for what no peer says
 */
export function agreeOn(hello: Hello, own: Agreement): Terms {
  const { protocolMin, protocolMax, capabilities = [] } = hello;
  if (protocolMin > protocolMax) throw new Fault('malformed', 'The range of protocols is empty.');
  if (capabilities.length > MAX_CAPABILITIES) {
    throw new Fault('too_large', `There are more than ${MAX_CAPABILITIES} capabilities.`);
  }
  const { min, max } = own.protocols;
  if (protocolMax < min) throw new JoinRefused('outdated_client', OLDER);
  if (protocolMin > max) throw new JoinRefused('outdated_server', NEWER);
  checkRelease(hello, own);
  return {
    protocol: Math.min(protocolMax, max),
    capabilities: commonCapabilities(own.capabilities, capabilities),
  };
}

function checkRelease({ vocabulary, components, schema }: Hello, own: Agreement): void {
  const knowsLess = vocabulary < own.vocabulary || components < own.components;
  const knowsMore = vocabulary > own.vocabulary || components > own.components;
  if (knowsMore && !knowsLess) throw new JoinRefused('outdated_server', NEWER);
  if (knowsLess && !knowsMore) throw new JoinRefused('outdated_client', OLDER);
  if (knowsMore || !equalBytes(schema, own.schema)) throw new JoinRefused('outdated_client', OTHER);
}

export function makeChallenge(sessionKey: Bytes, { protocol }: Terms): Challenge {
  const random = crypto.getRandomValues(new Uint8Array(32));
  return { protocol, sessionKey, random };
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
