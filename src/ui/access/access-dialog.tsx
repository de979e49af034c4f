import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { useStore } from 'zustand';
import { Dialog } from '../primitives/dialog.tsx';
import { Switch } from '../primitives/switch.tsx';
import { useAction } from '../use-action.ts';
import styles from './access.module.css';
import type { AccessView } from './access-view.ts';
import { Links } from './links.tsx';
import { Members } from './members.tsx';

/** The action that opens it, for buttons elsewhere. */
export const MANAGE_ACCESS = 'session.access';

/** An admin's window: who is in the session, as what, by which links, and whether it is locked. */
export function AccessDialog({ access }: { readonly access: AccessView }) {
  const isAdmin = useStore(access.state, (state) => state.isAdmin);
  const [open, setOpen] = useState(false);
  useAction({
    id: MANAGE_ACCESS,
    label: 'People and links…',
    group: 'Session',
    icon: 'shield',
    keys: [],
    enabled: () => isAdmin,
    run: () => setOpen(true),
  });
  return (
    <Dialog
      open={open && isAdmin}
      onOpenChange={setOpen}
      title="People and links"
      description="Who may be in this session, and what they may do."
    >
      <Tabs.Root defaultValue="people">
        <Tabs.List className={styles.tabs} aria-label="Access">
          <Tabs.Trigger className={styles.tab} value="people">
            People
          </Tabs.Trigger>
          <Tabs.Trigger className={styles.tab} value="links">
            Links
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content className={styles.page} value="people">
          <Lock access={access} />
          <Members access={access} />
        </Tabs.Content>
        <Tabs.Content className={styles.page} value="links">
          <Links access={access} />
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  );
}

function Lock({ access }: { readonly access: AccessView }) {
  const locked = useStore(access.state, (state) => state.locked);
  return (
    <div className={styles.lock}>
      <div className={styles.what}>
        <p className={styles.name}>Lock the session</p>
        <p className={styles.detail}>Nobody new comes in, and only admins change anything.</p>
      </div>
      <Switch label="Lock the session" checked={locked} onChange={(on) => access.lock(on)} />
    </div>
  );
}
