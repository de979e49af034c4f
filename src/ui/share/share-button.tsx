import { ShieldCheck, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { MANAGE_ACCESS } from '../access/access-dialog.tsx';
import type { AccessView } from '../access/access-view.ts';
import { useEditor } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';
import { useAction } from '../use-action.ts';
import styles from './share.module.css';
import { ShareForm } from './share-form.tsx';
import { offeredLinks } from './share-links.ts';

export interface ShareButtonProps {
  readonly access: AccessView;
  readonly networkOrigin?: string | undefined;
}

/** Opens the links to hand on. */
export function ShareButton({ access, networkOrigin }: ShareButtonProps) {
  const editor = useEditor();
  const role = useStore(editor.connection, (state) => state.role);
  const { offered, isAdmin } = useStore(access.state, (state) => state);
  const [open, setOpen] = useState(false);
  useAction({
    id: 'session.share',
    label: 'Share…',
    group: 'Session',
    icon: 'user-plus',
    keys: [],
    enabled: () => true,
    run: () => setOpen(true),
  });
  return (
    <>
      <Button look="primary" data-tour="share" onClick={() => setOpen(true)}>
        <UserPlus size={15} aria-hidden />
        Share
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Share this session"
        description="Whoever opens a link is in the scene with you."
      >
        <ShareForm links={offeredLinks(offered, role)} networkOrigin={networkOrigin} />
        {isAdmin && (
          <Button
            className={styles.manage}
            onClick={() => {
              setOpen(false);
              editor.actions.run(MANAGE_ACCESS);
            }}
          >
            <ShieldCheck size={15} aria-hidden />
            People and links…
          </Button>
        )}
      </Dialog>
    </>
  );
}
