import type { RefusalKind } from '../ui/pages/refusals.ts';

const KINDS: Readonly<Record<string, RefusalKind>> = {
  link_revoked: 'revoked',
  link_expired: 'revoked',
  closed_4401: 'revoked',
  removed: 'removed',
  closed_4403: 'removed',
  banned: 'removed',
  locked: 'locked',
  outdated_client: 'outdated',
  unsupported: 'unsupported',
};

/** Which page explains a refusal of the server or of this browser. */
export function refusalKindOf(code: string): RefusalKind {
  return KINDS[code] ?? 'bad-link';
}
