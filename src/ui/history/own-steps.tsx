import { Redo2, Undo2 } from 'lucide-react';
import { useStore } from 'zustand';
import type { TimeTravel } from '../../editor/history/time-travel.ts';
import { EmptyState } from '../primitives/empty-state.tsx';
import styles from './history.module.css';

/** One's own steps: what can be done again, and what can be taken back, the next one nearest to now. */
export function OwnSteps({ travel }: { readonly travel: TimeTravel }) {
  const undo = useStore(travel.state, (state) => state.undo);
  const redo = useStore(travel.state, (state) => state.redo);
  if (undo.length + redo.length === 0) {
    return (
      <EmptyState icon={Undo2} title="Nothing to undo">
        What you do in this session is listed here, for you alone to take back.
      </EmptyState>
    );
  }
  return (
    <div className={styles.scroller}>
      <ol className={styles.own} aria-label="Your steps">
        {redo.map((label, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place on the stack
          <li key={`redo ${i}`}>
            <button type="button" data-ahead onClick={() => travel.redo(redo.length - i)}>
              <Redo2 size={14} aria-hidden />
              <span className={styles.label}>{label}</span>
              <span className={styles.hint}>Redo to here</span>
            </button>
          </li>
        ))}
        <li className={styles.now} aria-current="step">
          <span>Now</span>
        </li>
        {undo.toReversed().map((label, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <li key={`undo ${i}`}>
            <button type="button" onClick={() => travel.undo(i + 1)}>
              <Undo2 size={14} aria-hidden />
              <span className={styles.label}>{label}</span>
              <span className={styles.hint}>Undo this{i > 0 ? ' and later' : ''}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
