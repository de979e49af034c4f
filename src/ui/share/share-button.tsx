import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';
import { useAction } from '../use-action.ts';
import { ShareForm } from './share-form.tsx';
import { offeredLinks, type ShareLinks } from './share-links.ts';

export interface ShareButtonProps {
  readonly links: ShareLinks;
  readonly networkOrigin?: string | undefined;
}

/** Opens the links to hand on. */
export function ShareButton({ links, networkOrigin }: ShareButtonProps) {
  const role = useStore(useEditor().connection, (state) => state.role);
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
      <Button look="primary" onClick={() => setOpen(true)}>
        <UserPlus size={15} aria-hidden />
        Share
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Share this session"
        description="Whoever opens a link is in the scene with you."
      >
        <ShareForm links={offeredLinks(links, role)} networkOrigin={networkOrigin} />
      </Dialog>
    </>
  );
}
