import { z } from 'zod';
import type { CommandDefinition, OpCodec } from '../definition.ts';
import { itemCodec } from '../definition.ts';
import { adminCommand } from '../governance/admin-command.ts';
import { createLinkId, createToken, hashToken } from '../governance/link-token.ts';
import { banMember, removeMember } from '../governance/members.ts';
import { authorKey, hexBytes, hexOf } from '../governance/values.ts';

const params = z.object({ author: authorKey });
type Params = z.infer<typeof params>;

export interface MemberRemoveOp {
  readonly key: string;
  /** The id of the link that takes the place of the one that let the member in. */
  readonly link: string;
  readonly tokenHash: string;
}

/** What its maker alone gets: the new link's token is nowhere else. */
export interface MemberRemoveResult {
  readonly link: string;
  readonly token: string;
}

export const memberRemove: CommandDefinition<Params, MemberRemoveOp> = adminCommand({
  type: 'member.remove',
  ops: 'MemberRemove1',
  summary: 'Puts a member out, and rotates the link that let him in.',
  label: 'Put out',
  params,
  resolve: resolveRemoval,
  change: (governance, { key, link, tokenHash }) =>
    removeMember(governance, key, { id: link, tokenHash }),
  codec: removalCodec('MemberRemove1'),
});

export const memberBan: CommandDefinition<Params, MemberRemoveOp> = adminCommand({
  type: 'member.ban',
  ops: 'MemberBan1',
  summary: 'Puts somebody out for good, whatever link he has, and rotates the one that let him in.',
  label: 'Ban',
  params,
  resolve: resolveRemoval,
  change: (governance, { key, link, tokenHash }) =>
    banMember(governance, key, { id: link, tokenHash }),
  codec: removalCodec('MemberBan1'),
});

function resolveRemoval({ author }: Params): {
  ops: readonly MemberRemoveOp[];
  result: MemberRemoveResult;
} {
  const link = createLinkId();
  const token = createToken();
  return { ops: [{ key: author, link, tokenHash: hashToken(token) }], result: { link, token } };
}

function removalCodec(type: 'MemberRemove1' | 'MemberBan1'): OpCodec<MemberRemoveOp> {
  return itemCodec<typeof type, MemberRemoveOp>(
    type,
    (_document, { key, link, tokenHash }) => ({
      key: hexBytes(key),
      link,
      token: hexBytes(tokenHash),
    }),
    (_document, { key, link, token }) => ({ key: hexOf(key), link, tokenHash: hexOf(token) }),
  );
}
