/** Why a session does not open. */
export type RefusalKind =
  | 'bad-link'
  | 'revoked'
  | 'removed'
  | 'locked'
  | 'outdated'
  | 'unsupported'
  | 'crashed';

export interface RefusalWords {
  readonly title: string;
  readonly text: string;
  /** Whether loading the page again may help. */
  readonly reload: boolean;
}

/** What a person is told, and may do, for each reason. */
export const REFUSALS: Readonly<Record<RefusalKind, RefusalWords>> = {
  'bad-link': {
    title: 'This link does not open a session',
    text: 'It may be incomplete, or the session may be gone. Copy the whole link again, or ask who shared it for a new one.',
    reload: false,
  },
  revoked: {
    title: 'This link has been revoked',
    text: 'An admin of the session took it back. Ask them for a new link.',
    reload: false,
  },
  removed: {
    title: 'You were put out of this session',
    text: 'An admin ended your access. Edits that were sent before are kept.',
    reload: false,
  },
  locked: {
    title: 'This session is locked',
    text: 'An admin has closed it to newcomers. Try again when it is open.',
    reload: true,
  },
  outdated: {
    title: 'A newer Theta is running here',
    text: 'The server was updated since this page was loaded. Reload to get the same version; edits that wait are kept.',
    reload: true,
  },
  crashed: {
    title: 'Something broke',
    text: 'The page could not go on. Your edits are kept in this browser; reload to carry on.',
    reload: true,
  },
  unsupported: {
    title: 'This browser cannot run Theta',
    text: 'It lacks something the editor needs. A current Chrome, Edge, Firefox or Safari has it all.',
    reload: false,
  },
};
