import type { Governance } from '../ecs/document/governance.ts';
import { roleOf } from '../ecs/document/governance.ts';
import { Reason } from '../protocol/generated/types.ts';
import { type Bytes, toHex } from '../shared/bytes.ts';
import { atLeast, type Role } from '../shared/roles.ts';

/** Who may issue a command: a role and those above it, or the session itself, by its own key. */
export type RequiredRole = Role | 'session';

/** Who acts: an author of the session, or the session itself, which no admin is above. */
export type Actor = Role | 'session' | undefined;

export const NO_OBJECTION: Reason = Reason.none;

/** What the holder of a key is in a session now. */
export function actorOf(governance: Governance, sessionKey: Uint8Array, key: Bytes): Actor {
  const name = toHex(key);
  return name === toHex(sessionKey) ? 'session' : roleOf(governance, name);
}

/** S2, S4: why an actor may not issue a command that needs a role, or `none`. */
export function objectionTo(governance: Governance, actor: Actor, needed: RequiredRole): Reason {
  if (actor === 'session') return Reason.none;
  if (actor === undefined || needed === 'session' || !atLeast(actor, needed)) return Reason.role;
  if (governance.locked && actor !== 'admin') return Reason.locked;
  return Reason.none;
}
