import { z } from 'zod';
import type { Role } from '../../shared/roles.ts';
import { itemCodec } from '../definition.ts';
import { adminCommand } from '../governance/admin-command.ts';
import { assignRole } from '../governance/members.ts';
import {
  authorKey,
  hexBytes,
  hexOf,
  roleName,
  roleOfWire,
  wireRole,
} from '../governance/values.ts';

const params = z.object({ author: authorKey, role: roleName });

export interface RoleSetOp {
  readonly key: string;
  readonly role: Role;
}

export const roleSet = adminCommand<z.infer<typeof params>, RoleSetOp>({
  type: 'role.set',
  ops: 'RoleSet1',
  summary: 'Gives a member a role, at once; no link raises it afterwards.',
  label: 'Change role',
  params,
  resolve: ({ author, role }) => ({ ops: [{ key: author, role }] }),
  change: (governance, { key, role }) => assignRole(governance, key, role),
  codec: itemCodec<'RoleSet1', RoleSetOp>(
    'RoleSet1',
    (_document, { key, role }) => ({ key: hexBytes(key), role: wireRole(role) }),
    (_document, { key, role }) => ({ key: hexOf(key), role: roleOfWire(role) }),
  ),
});
