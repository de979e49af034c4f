import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { useAction } from '../use-action.ts';
import styles from './palette.module.css';
import { PaletteList } from './palette-list.tsx';

/** Every action with its keys, to search and to run. */
export function Palette() {
  const [open, setOpen] = useState(false);
  useAction({
    id: 'view.palette',
    label: 'Command palette',
    group: 'View',
    icon: 'search',
    keys: ['Mod+K', 'Mod+P'],
    enabled: () => true,
    run: () => setOpen(true),
  });
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.scrim} />
        <Dialog.Content className={styles.palette} aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">Command palette</Dialog.Title>
          <PaletteList onClose={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
