import { Mark } from '../mark.tsx';
import styles from './page.module.css';

export interface ConnectingProps {
  /** What is going on: `Opening the session`, `Loading the scene`. */
  readonly step: string;
  /** Why it takes so long, if that is known. */
  readonly problem?: string | undefined;
}

/** Shown from opening a link until the scene is there. */
export function Connecting({ step, problem }: ConnectingProps) {
  return (
    <main className={styles.page}>
      <div className={styles.waiting} role="status">
        <Mark size={44} className={styles.pulse} />
        <p className={styles.step}>{step}…</p>
        <p className={styles.patience}>
          {problem ??
            'This takes longer than it should. It keeps trying; check the network meanwhile.'}
        </p>
      </div>
    </main>
  );
}
