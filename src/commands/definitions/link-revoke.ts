import { z } from 'zod';
import { itemCodec } from '../definition.ts';
import { adminCommand } from '../governance/admin-command.ts';
import { isLinkId } from '../governance/links.ts';
import { revokeLink } from '../governance/members.ts';

const params = z.object({ link: z.string().refine(isLinkId, 'the id of a link') });

export interface LinkRevokeOp {
  readonly link: string;
}

export const linkRevoke = adminCommand<z.infer<typeof params>, LinkRevokeOp>({
  type: 'link.revoke',
  ops: 'LinkRevoke1',
  summary: 'Withdraws a link and ends the roles that it gave.',
  label: 'Revoke link',
  params,
  resolve: ({ link }) => ({ ops: [{ link }] }),
  change: (governance, { link }, by) => revokeLink(governance, link, by),
  codec: itemCodec<'LinkRevoke1', LinkRevokeOp>(
    'LinkRevoke1',
    (_document, { link }) => ({ link }),
    (_document, { link }) => ({ link }),
  ),
});
