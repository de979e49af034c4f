import type { CSSProperties } from 'react';
import type { PastStep, Who } from '../../editor/history/time-travel.ts';
import { Avatar } from '../people/avatar.tsx';
import styles from './history.module.css';
import { exactTime, shortTime } from './times.ts';

export interface StepRowProps {
  readonly domId: string;
  readonly top: number;
  readonly position: number;
  readonly total: number;
  /** Undefined while it is being read. */
  readonly step: PastStep | undefined;
  readonly who: Who | undefined;
  /** What the moment after it is called. */
  readonly version: string | undefined;
  readonly isShown: boolean;
  /** It comes after the moment that is shown. */
  readonly isAhead: boolean;
}

/** One step of the history: whose, what, and when. */
export function StepRow({ step, who, version, isShown, isAhead, ...rest }: StepRowProps) {
  const style: CSSProperties = { top: rest.top };
  return (
    <div
      id={rest.domId}
      role="option"
      aria-selected={isShown}
      aria-setsize={rest.total}
      aria-posinset={rest.position}
      tabIndex={-1}
      className={styles.row}
      data-shown={isShown}
      data-ahead={isAhead}
      data-ordinal={step?.ordinal}
      style={style}
    >
      {step === undefined || who === undefined ? (
        <span className={styles.pending}>Reading…</span>
      ) : (
        <>
          <Avatar name={who.name} color={who.color} />
          <span className={styles.what}>
            <span className={styles.label}>{step.label || step.type}</span>
            <span className={styles.author}>{who.isSelf ? `${who.name} (you)` : who.name}</span>
          </span>
          {version !== undefined && <span className={styles.version}>{version}</span>}
          {step.time > 0 && (
            <time className={styles.time} title={exactTime(step.time)}>
              {shortTime(step.time)}
            </time>
          )}
        </>
      )}
    </div>
  );
}
