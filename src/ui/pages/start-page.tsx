import { CircleAlert, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../shared/errors.ts';
import { Mark } from '../mark.tsx';
import { Button } from '../primitives/plain-button.tsx';
import { type CreatedSession, createSession } from './create-session.ts';
import styles from './page.module.css';
import { RecentSessions, type RecentsView } from './recent-sessions.tsx';
import { pastedSessionUrl } from './session-link.ts';

export interface StartPageProps {
  /** A session was made; it is up to the caller to remember its links and to open it. */
  readonly onCreated: (session: CreatedSession, starter: StarterName | undefined) => void;
  /** A link was pasted that opens a session. */
  readonly onOpen: (url: URL) => void;
  readonly recents: RecentsView;
}

/** Scenes to begin with, beside an empty one. */
export type StarterName = 'studio' | 'garden';

const STARTERS: readonly { readonly name: StarterName; readonly label: string }[] = [
  { name: 'studio', label: 'Studio' },
  { name: 'garden', label: 'Garden' },
];

/** The front door: make a session, or open one that somebody shared. */
export function StartPage({ onCreated, onOpen, recents }: StartPageProps) {
  return (
    <main className={`${styles.page} ${styles.front}`}>
      <div className={styles.card}>
        <p className={styles.brand}>
          <Mark size={26} />
          Theta
        </p>
        <h1 className={styles.title}>Model together, in a browser tab.</h1>
        <p className={styles.lead}>
          Start a session and share its link: whoever opens it is in the scene with you, on a
          desktop or in a headset.
        </p>
        <NewSession onCreated={onCreated} />
        <p className={styles.or}>or</p>
        <OpenForm onOpen={onOpen} />
        <p className={styles.hint}>
          Once inside, drop a model or a .theta scene on the view to add it.
        </p>
      </div>
      <RecentSessions recents={recents} />
    </main>
  );
}

function NewSession({ onCreated }: Pick<StartPageProps, 'onCreated'>) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const start = (starter?: StarterName) => {
    setBusy(true);
    setProblem(undefined);
    createSession()
      .then(
        (session) => onCreated(session, starter),
        (error: unknown) => setProblem(messageOf(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Button
        look="primary"
        size="large"
        className={styles.start}
        disabled={busy}
        onClick={() => start()}
      >
        <Plus size={16} aria-hidden />
        {busy ? 'Starting…' : 'New session'}
      </Button>
      <div className={styles.starters}>
        <span>Or begin with</span>
        {STARTERS.map(({ name, label }) => (
          <Button key={name} look="secondary" disabled={busy} onClick={() => start(name)}>
            {label}
          </Button>
        ))}
      </div>
      <Problem text={problem} />
    </>
  );
}

function OpenForm({ onOpen }: Pick<StartPageProps, 'onOpen'>) {
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const pasted = new FormData(event.currentTarget).get('link');
    const url = typeof pasted === 'string' && pastedSessionUrl(pasted, location.href);
    if (url) onOpen(url);
    else setProblem('That is not a link to a session. It looks like https://…/s/…#…');
  };
  return (
    <>
      <form className={styles.form} onSubmit={submit}>
        <input
          className={styles.input}
          name="link"
          aria-label="Link to a session"
          placeholder="Paste a link that you were given"
          autoComplete="off"
          spellCheck={false}
          onChange={() => setProblem(undefined)}
        />
        <Button type="submit" look="secondary" size="large" className={styles.submit}>
          Open
        </Button>
      </form>
      <Problem text={problem} />
    </>
  );
}

function Problem({ text }: { readonly text: string | undefined }) {
  return (
    <div role="alert">
      {text !== undefined && (
        <p className={styles.problem}>
          <CircleAlert size={15} aria-hidden />
          {text}
        </p>
      )}
    </div>
  );
}
