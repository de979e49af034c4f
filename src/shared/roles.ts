/** What a member may do: a viewer looks, an editor edits, an admin also governs. */
export type Role = 'viewer' | 'editor' | 'admin';

/** Lowest first. */
export const ROLES: readonly Role[] = ['viewer', 'editor', 'admin'];

/** Whether `role` may do what `needed` may. */
export function atLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
