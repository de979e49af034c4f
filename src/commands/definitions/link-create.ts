import { z } from 'zod';
import { itemCodec } from '../definition.ts';
import { adminCommand } from '../governance/admin-command.ts';
import { createLinkId, createToken, hashToken } from '../governance/link-token.ts';
import { addLink, MAX_LINK_LABEL, type NewLink } from '../governance/links.ts';
import { hexBytes, hexOf, roleName, roleOfWire, wireRole } from '../governance/values.ts';

const params = z.object({
  role: roleName,
  label: z.string().trim().max(MAX_LINK_LABEL).default(''),
  expiresAt: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('ms since the epoch; from then on it lets nobody in'),
});

export const linkCreate = adminCommand<z.infer<typeof params>, NewLink>({
  type: 'link.create',
  ops: 'LinkCreate1',
  summary: 'Makes a new link; its result holds the token, which is nowhere else.',
  label: 'New link',
  params,
  resolve({ role, label, expiresAt }) {
    const token = createToken();
    const op = { id: createLinkId(), role, label, expiresAt, tokenHash: hashToken(token) };
    return { ops: [op], result: { link: op.id, token } };
  },
  change: (governance, link) => addLink(governance, link),
  codec: itemCodec<'LinkCreate1', NewLink>(
    'LinkCreate1',
    (_document, { id, role, tokenHash, label, expiresAt }) => ({
      link: id,
      role: wireRole(role),
      token: hexBytes(tokenHash),
      label,
      expires: expiresAt ?? 0,
    }),
    (_document, { link, role, token, label, expires }) => ({
      id: link,
      role: roleOfWire(role),
      tokenHash: hexOf(token),
      label,
      expiresAt: expires === 0 ? undefined : expires,
    }),
  ),
});
