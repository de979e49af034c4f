import type { Agreement } from '../../commands/agreement.ts';
import type { WelcomeBody } from '../../protocol/generated/types.ts';
import { ThetaError } from '../../shared/errors.ts';

/**
 * T3: sees that a server chose among what it was offered, and stays with what it said at first.
 * @param challenged the protocol of its challenge, which nobody has signed
 * @throws {ThetaError} `malformed` where it does not
 */
export function checkTerms(
  { protocol, capabilities = [] }: Pick<WelcomeBody, 'protocol' | 'capabilities'>,
  challenged: number,
  offer: Agreement,
): void {
  const { min, max } = offer.protocols;
  const isOffered = protocol >= min && protocol <= max && protocol === challenged;
  if (!isOffered || !capabilities.every((each) => offer.capabilities.includes(each))) {
    throw new ThetaError('malformed', 'The server chose what was not offered.');
  }
}
