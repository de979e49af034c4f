import { z } from 'zod';
import { itemCodec } from '../definition.ts';
import { adminCommand } from '../governance/admin-command.ts';
import { unbanMember } from '../governance/members.ts';
import { authorKey, hexBytes, hexOf } from '../governance/values.ts';

const params = z.object({ author: authorKey });

export interface MemberUnbanOp {
  readonly key: string;
}

export const memberUnban = adminCommand<z.infer<typeof params>, MemberUnbanOp>({
  type: 'member.unban',
  ops: 'MemberUnban1',
  summary: 'Lets somebody who was banned come again, by a link as anybody else.',
  label: 'Lift ban',
  params,
  resolve: ({ author }) => ({ ops: [{ key: author }] }),
  change: (governance, { key }) => unbanMember(governance, key),
  codec: itemCodec<'MemberUnban1', MemberUnbanOp>(
    'MemberUnban1',
    (_document, { key }) => ({ key: hexBytes(key) }),
    (_document, { key }) => ({ key: hexOf(key) }),
  ),
});
