import { Download, RotateCcw, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../primitives/button.tsx';
import { counted } from '../wording.ts';
import styles from './tray.module.css';
import type { TrayEntry, TrayView } from './tray-view.ts';

/** The newest are listed; the buttons for all mean all. */
const LISTED = 100;

/** One's own steps that the session did not take: to try again, save or drop. */
export function TrayPanel({ tray }: { readonly tray: TrayView }) {
  const items = useStore(tray.entries, (state) => state.items);
  const ids = items.map(({ id }) => id);
  const listed = items.slice(-LISTED).reverse();
  return (
    <>
      <p className={styles.heading}>{counted(items.length, 'edit')} not taken</p>
      <p className={styles.explanation}>
        The scene does not have them. They are kept in this browser until you decide.
      </p>
      <ul className={styles.list}>
        {listed.map((entry) => (
          <Line key={entry.id} entry={entry} tray={tray} />
        ))}
      </ul>
      {items.length > LISTED && (
        <p className={styles.explanation}>
          The newest {LISTED} are shown, of {items.length.toLocaleString('en')}.
        </p>
      )}
      <div className={styles.all}>
        <Button look="secondary" onClick={() => tray.tryAgain(ids)}>
          <RotateCcw size={14} aria-hidden />
          Try all again
        </Button>
        <Button onClick={() => tray.save(ids)}>
          <Download size={14} aria-hidden />
          Export all
        </Button>
        <Button onClick={() => tray.drop(ids)}>
          <Trash2 size={14} aria-hidden />
          Drop all
        </Button>
      </div>
    </>
  );
}

function Line({ entry, tray }: { readonly entry: TrayEntry; readonly tray: TrayView }) {
  const { id, label, reason, at, readable } = entry;
  const time = new Date(at);
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <p className={styles.label}>{label}</p>
        <p className={styles.reason}>{reason}</p>
      </div>
      <time className={styles.time} dateTime={time.toISOString()}>
        {time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}
      </time>
      <div className={styles.actions}>
        <IconButton
          size="iconSmall"
          label={`Try again: ${label}`}
          disabled={!readable}
          onClick={() => tray.tryAgain([id])}
        >
          <RotateCcw size={14} aria-hidden />
        </IconButton>
        <IconButton size="iconSmall" label={`Export: ${label}`} onClick={() => tray.save([id])}>
          <Download size={14} aria-hidden />
        </IconButton>
        <IconButton size="iconSmall" label={`Drop: ${label}`} onClick={() => tray.drop([id])}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}
