import { Mark } from '../mark.tsx';
import styles from './page.module.css';

export interface WaitingProps {
  /** What is going on: `Opening the session`. */
  readonly step: string;
  /** Why it takes so long; without it, something that helps is said after a while. */
  readonly problem?: string | undefined;
}

/** Something is under way that takes as long as the network does. */
export function Waiting({ step, problem }: WaitingProps) {
  return (
    <div className={styles.waiting} role="status">
      <Mark size={44} className={styles.pulse} />
      <p className={styles.step}>{step}…</p>
      <p className={styles.patience} data-known={problem !== undefined}>
        {problem ??
          'This takes longer than it should. It keeps trying; check the network meanwhile.'}
      </p>
    </div>
  );
}
