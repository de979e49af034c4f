import { Box, Pencil, X } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { Role } from '../../shared/roles.ts';
import { Button } from '../primitives/plain-button.tsx';
import { counted, sentenceCase } from '../wording.ts';
import styles from './recent-sessions.module.css';

/** A session that this browser was in. */
export interface RecentItem {
  readonly session: string;
  /** Empty for no name. */
  readonly name: string;
  readonly role: Role;
  /** Milliseconds since the Unix epoch. */
  readonly seenAt: number;
  readonly objects: number;
  readonly picture?: Blob;
}

export interface RecentsView {
  list(): Promise<readonly RecentItem[]>;
  rename(session: string, name: string): Promise<void>;
  forget(session: string): Promise<void>;
}

/** Where one was before, the latest first, with a picture of how it was left. */
export function RecentSessions({ recents }: { readonly recents: RecentsView }) {
  const [items, setItems] = useState<readonly RecentItem[]>();
  useEffect(() => {
    // A browser that keeps nothing has no recent sessions.
    recents.list().then(setItems, () => setItems([]));
  }, [recents]);
  if (items === undefined) return null;
  const change = async (work: Promise<void>): Promise<void> => {
    await work;
    setItems(await recents.list());
  };
  return (
    <section className={styles.recents} aria-label="Recent sessions">
      <h2 className={styles.heading}>Recent sessions</h2>
      {items.length === 0 ? (
        <p className={styles.empty}>Sessions that you make or are invited to show up here.</p>
      ) : (
        <ul className={styles.grid}>
          {items.map((item) => (
            <RecentCard
              key={item.session}
              item={item}
              onRename={(name) => void change(recents.rename(item.session, name))}
              onForget={() => void change(recents.forget(item.session))}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface RecentCardProps {
  readonly item: RecentItem;
  readonly onRename: (name: string) => void;
  readonly onForget: () => void;
}

function RecentCard({ item, onRename, onForget }: RecentCardProps) {
  const [renaming, setRenaming] = useState(false);
  const picture = usePicture(item.picture);
  const name = item.name || 'Untitled session';
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onRename(String(new FormData(event.currentTarget).get('name') ?? '').trim());
    setRenaming(false);
  };
  return (
    <li className={styles.card}>
      <a className={styles.link} href={`/s/${item.session}`}>
        <span className={styles.picture}>
          {picture === undefined ? <Box size={28} aria-hidden /> : <img src={picture} alt="" />}
        </span>
        {!renaming && <span className={styles.name}>{name}</span>}
      </a>
      {renaming && (
        <form className={styles.rename} onSubmit={submit}>
          <input
            name="name"
            aria-label="Name of the session"
            defaultValue={item.name}
            maxLength={60}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: it was asked for just now
            autoFocus
            onBlur={(event) => event.currentTarget.form?.requestSubmit()}
          />
        </form>
      )}
      <p className={styles.note}>
        {sentenceCase(item.role)} · {counted(item.objects, 'object')} · {agoOf(item.seenAt)}
      </p>
      <span className={styles.tools}>
        <Button size="iconSmall" aria-label={`Rename ${name}`} onClick={() => setRenaming(true)}>
          <Pencil size={13} aria-hidden />
        </Button>
        <Button size="iconSmall" aria-label={`Take ${name} off the list`} onClick={onForget}>
          <X size={14} aria-hidden />
        </Button>
      </span>
    </li>
  );
}

/** The address of an image file, for as long as it is shown. */
function usePicture(file: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (file === undefined) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "2 hours ago" */
function agoOf(time: number): string {
  const ago = Date.now() - time;
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const [unit, ms] = UNITS.find(([, least]) => ago >= least) ?? ['minute', 60_000];
  return ago < 60_000 ? 'just now' : words.format(-Math.floor(ago / ms), unit);
}
