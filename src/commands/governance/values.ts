import { z } from 'zod';
import { Role as WireRole } from '../../protocol/generated/types.ts';
import { type Bytes, fromHex, toHex } from '../../shared/bytes.ts';
import { ROLES, type Role } from '../../shared/roles.ts';
import { invalidParams } from '../params.ts';

/** A person, by the key that `theta.session.peers` shows. */
export const authorKey = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a public key, 64 hexadecimal digits')
  .describe('public key');

export const roleName = z.enum(['viewer', 'editor', 'admin']);

/** Bytes of a key or digest that has been checked to be hexadecimal. */
export function hexBytes(hex: string): Bytes {
  return fromHex(hex) ?? invalidParams(`"${hex}" is not hexadecimal`);
}

export function hexOf(bytes: Uint8Array): string {
  return toHex(bytes);
}

export function wireRole(role: Role): WireRole {
  return WireRole[role];
}

export function roleOfWire(role: WireRole): Role {
  return ROLES[role] ?? 'viewer';
}
