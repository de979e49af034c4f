import { z } from 'zod';
import type { Role } from '../../shared/roles.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import { adminCommand } from '../governance/admin-command.ts';
import { admitMember } from '../governance/members.ts';
import { hexBytes, hexOf, roleOfWire, wireRole } from '../governance/values.ts';
import { invalidParams } from '../params.ts';

export interface MemberAdmitOp {
  readonly key: string;
  readonly role: Role;
  /** Whose token was exchanged for the role. */
  readonly link: string;
  readonly name: string;
}

export const memberAdmit: CommandDefinition<Record<string, never>, MemberAdmitOp> = {
  ...adminCommand<Record<string, never>, MemberAdmitOp>({
    type: 'member.admit',
    ops: 'MemberAdmit1',
    summary: 'Gives somebody the role of the link that he came by; made by the session itself.',
    label: 'Join',
    params: z.object({}) as z.ZodType<Record<string, never>>,

    resolve() {
      return invalidParams('The session lets people in by itself.');
    },

    change: (governance, op) => admitMember(governance, op),

    codec: itemCodec<'MemberAdmit1', MemberAdmitOp>(
      'MemberAdmit1',
      (_document, { key, role, link, name }) => ({
        key: hexBytes(key),
        role: wireRole(role),
        link,
        name,
      }),
      (_document, { key, role, link, name }) => ({
        key: hexOf(key),
        role: roleOfWire(role),
        link,
        name,
      }),
    ),
  }),
  role: 'session',
};
