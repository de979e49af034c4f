import { Mark } from '../mark.tsx';
import { Button } from '../primitives/plain-button.tsx';
import styles from './page.module.css';
import { REFUSALS, type RefusalKind } from './refusals.ts';

export interface BadLinkPageProps {
  readonly kind: RefusalKind;
  /** What the server or the browser said, for a report. */
  readonly detail?: string | undefined;
}

/** Shown in place of a session that does not open, or no longer goes on: why, and what to do. */
export function BadLinkPage({ kind, detail }: BadLinkPageProps) {
  const { title, text, reload } = REFUSALS[kind];
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <p className={styles.brand}>
          <Mark size={26} />
          Theta
        </p>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.lead}>{text}</p>
        <div className={styles.actions}>
          {reload && (
            <Button look="primary" size="large" onClick={() => location.reload()}>
              Reload
            </Button>
          )}
          <a className={styles.link} href="/">
            Go to the start page
          </a>
        </div>
        {detail !== undefined && <p className={styles.detail}>{detail}</p>}
      </div>
    </main>
  );
}
