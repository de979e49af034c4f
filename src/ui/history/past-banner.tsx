import { History, RotateCcw } from 'lucide-react';
import { useStore } from 'zustand';
import type { TimeTravel } from '../../editor/history/time-travel.ts';
import { Button } from '../primitives/button.tsx';
import styles from './past-banner.module.css';
import { exactTime } from './times.ts';

export interface PastBannerProps {
  readonly travel: TimeTravel;
  /** Whether one's role, in the present, allows restoring. */
  readonly mayRestore: boolean;
}

/** Says over the view that it shows the past, and offers the ways on. */
export function PastBanner({ travel, mayRestore }: PastBannerProps) {
  const moment = useStore(travel.state, (state) => state.moment);
  const total = useStore(travel.state, (state) => state.total);
  if (moment === undefined) return null;
  const author = moment.author === '' ? '' : ` by ${travel.who(moment.author).name}`;
  return (
    <>
      <div className={styles.frame} aria-hidden />
      <section className={styles.banner} aria-label="Looking at the past" aria-live="polite">
        <History size={18} aria-hidden />
        <div className={styles.words}>
          <strong>
            Past: step {moment.ordinal.toLocaleString()} of {total.toLocaleString()}
          </strong>
          <span>
            {moment.label}
            {author}
            {moment.time > 0 && `, ${exactTime(moment.time)}`}
          </span>
        </div>
        {mayRestore && (
          <Button look="secondary" onClick={() => travel.restore()}>
            <RotateCcw size={14} aria-hidden />
            Restore
          </Button>
        )}
        <Button look="primary" onClick={() => travel.leave()}>
          Back to now
        </Button>
      </section>
    </>
  );
}
