import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef } from 'react';
import { useStore } from 'zustand';
import type { TimeTravel, TimeTravelState } from '../../editor/history/time-travel.ts';
import styles from './history.module.css';
import { StepRow } from './step-row.tsx';

/** CSS pixels. */
const ROW_HEIGHT = 40;
const OVERSCAN_ROWS = 10;
const PAGE_ROWS = 10;

/** Every step of the session, the newest first; the rows in sight are all that is in the page. */
export function StepList({ travel }: { readonly travel: TimeTravel }) {
  const total = useStore(travel.state, (state) => state.total);
  const versions = useStore(travel.state, (state) => state.versions);
  const shown = useStore(travel.state, shownOrdinal);
  // A step that has been read since is to be shown.
  useStore(travel.state, (state) => state.revision);
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const count = total + 1;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN_ROWS,
  });
  useEffect(() => {
    virtualizer.scrollToIndex(total - shown, { align: 'auto' });
  }, [virtualizer, total, shown]);

  const names = new Map(versions.map(({ seq, name }) => [seq, name]));
  const go = (ordinal: number): void => travel.show(Math.min(total, Math.max(0, ordinal)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = targetOf(event.key, shown, total);
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(target);
  };
  const onClick = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest('[data-ordinal]') : null;
    if (row instanceof HTMLElement) go(Number(row.dataset.ordinal));
  };
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label="Steps of the history"
      aria-activedescendant={`${listId}-${shown}`}
      tabIndex={0}
      className={styles.scroller}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="presentation" className={styles.list} style={{ height: count * ROW_HEIGHT }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const ordinal = total - index;
          const step = travel.step(ordinal);
          return (
            <StepRow
              key={ordinal}
              domId={`${listId}-${ordinal}`}
              top={start}
              position={index + 1}
              total={count}
              step={step}
              who={step && travel.who(step.author)}
              version={step && names.get(step.seq)}
              isShown={ordinal === shown}
              isAhead={ordinal > shown}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Where one is, or is going. */
export function shownOrdinal({ aim, moment, total }: TimeTravelState): number {
  return aim ?? moment?.ordinal ?? total;
}

/** Which moment a key goes to. Down is towards the past, as the list is. */
function targetOf(key: string, shown: number, total: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return shown - 1;
    case 'ArrowUp':
      return shown + 1;
    case 'PageDown':
      return shown - PAGE_ROWS;
    case 'PageUp':
      return shown + PAGE_ROWS;
    case 'Home':
    case 'Escape':
      return total;
    case 'End':
      return 0;
    default:
      return undefined;
  }
}
