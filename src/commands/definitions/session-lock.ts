import { z } from 'zod';
import { itemCodec } from '../definition.ts';
import { adminCommand } from '../governance/admin-command.ts';

const params = z.object({ locked: z.boolean() });

export interface SessionLockOp {
  readonly locked: boolean;
}

export const sessionLock = adminCommand<z.infer<typeof params>, SessionLockOp>({
  type: 'session.lock',
  ops: 'SessionLock1',
  summary: 'Locks or unlocks the session: nobody new comes in, and only admins change anything.',
  label: 'Lock session',
  params,
  resolve: ({ locked }) => ({ ops: [{ locked }] }),
  change: (governance, { locked }) => ({ ...governance, locked }),
  codec: itemCodec<'SessionLock1', SessionLockOp>(
    'SessionLock1',
    (_document, { locked }) => ({ locked }),
    (_document, { locked }) => ({ locked }),
  ),
});
