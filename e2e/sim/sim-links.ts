import { hashToken } from '../../src/commands/governance/link-token.ts';
import { hexBytes } from '../../src/commands/governance/values.ts';
import type { FirstLink } from '../../src/server/storage/storage.ts';
import type { Role } from '../../src/shared/roles.ts';

export const TOKENS: Readonly<Record<Role, string>> = {
  viewer: 'v'.repeat(43),
  editor: 'e'.repeat(43),
  admin: 'a'.repeat(43),
};

/** The links of a simulated session, one for each role. */
export function simLinks(sessionId: string): FirstLink[] {
  return (['editor', 'viewer', 'admin'] as const).map((role) => ({
    id: `${role}s`,
    sessionId,
    role,
    tokenHash: hexBytes(hashToken(TOKENS[role])),
    createdAt: 0,
  }));
}
