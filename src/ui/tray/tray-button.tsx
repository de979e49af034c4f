import { Inbox } from 'lucide-react';
import { useStore } from 'zustand';
import { Popover } from '../primitives/popover.tsx';
import { counted } from '../wording.ts';
import styles from './tray.module.css';
import { TrayPanel } from './tray-panel.tsx';
import type { TrayView } from './tray-view.ts';

/** How many of one's steps were not taken, and the panel to deal with them; nothing when none. */
export function TrayButton({ tray }: { readonly tray: TrayView }) {
  const count = useStore(tray.entries, (state) => state.items.length);
  if (count === 0) return null;
  const words = `${counted(count, 'edit')} not taken`;
  return (
    <Popover
      label="Edits that were not taken"
      side="top"
      align="start"
      className={styles.panel}
      trigger={
        <button type="button" className={styles.badge} aria-label={`${words}: open the tray`}>
          <Inbox size={13} aria-hidden />
          {words}
        </button>
      }
    >
      <TrayPanel tray={tray} />
    </Popover>
  );
}
