import type { JudgedPacket } from '../../commands/judged-packet.ts';
import { follow, openAccepted, openJudgement } from '../../commands/judged-packet.ts';
import type { Verifier } from '../../commands/signing.ts';
import { DecodeError } from '../../protocol/decode-error.ts';
import type { Accepted } from '../../protocol/generated/types.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { toHex } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import type { Room } from './room.ts';

/** A record that a server restored from a backup gets back, as it judged it once. */
export interface GivenBack extends JudgedPacket {
  /** The judgement's exact bytes. */
  readonly signed: Bytes;
}

/**
 * D3: reads a record that somebody brings. Who brings it does not matter: the session's key vouches
 * for the judgement, the chain of heads for its place, and the author's key for the packet.
 *
 * @returns undefined for one that does not come next in the room's log
 */
export async function readGivenBack(
  room: Room,
  { judgement: signed, packet: bytes }: Accepted,
  verifier: Verifier,
): Promise<GivenBack | undefined> {
  try {
    const judgement = await openJudgement(verifier, room.sessionKey, signed);
    const { epoch } = room.session;
    if (judgement.epoch !== epoch) return undefined;
    follow({ ...room.position, epoch }, judgement);
    const { author, replica, nonce } = judgement;
    if (room.nextNonce(toHex(author), replica) !== nonce) return undefined;
    return { judgement, packet: await openAccepted(verifier, judgement, bytes), signed };
  } catch (thrown) {
    if (thrown instanceof DecodeError || thrown instanceof ThetaError) return undefined;
    throw thrown;
  }
}
