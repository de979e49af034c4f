import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { TimeTravel } from '../../editor/history/time-travel.ts';
import { useEditor } from '../editor-context.tsx';
import { Segmented } from '../primitives/segmented.tsx';
import { AuditLine } from './audit-line.tsx';
import styles from './history.module.css';
import { NameVersion } from './name-version.tsx';
import { OwnSteps } from './own-steps.tsx';
import { StepList, shownOrdinal } from './step-list.tsx';
import { Versions } from './versions.tsx';

type Tab = 'steps' | 'versions' | 'own';

const TABS = [
  { value: 'steps', label: 'Everyone' },
  { value: 'versions', label: 'Versions' },
  { value: 'own', label: 'My undo' },
] as const;

/** D4, O5: what everybody did, the moments that have names, and one's own steps to undo. */
export function HistoryPanel({ travel }: { readonly travel: TimeTravel }) {
  const [tab, setTab] = useState<Tab>('steps');
  const problem = useStore(travel.state, (state) => state.problem);
  const isPast = useStore(travel.state, (state) => state.moment !== undefined);
  const mayEdit = useStore(useEditor().connection, ({ role }) => role !== 'viewer');
  return (
    <div className={styles.history}>
      <div className={styles.tabs}>
        <Segmented label="What the history lists" value={tab} options={TABS} onChange={setTab} />
      </div>
      {problem !== undefined && (
        <p className={styles.problem} role="alert">
          <TriangleAlert size={14} aria-hidden />
          {problem}
        </p>
      )}
      {tab !== 'own' && <Scrubber travel={travel} />}
      {tab === 'steps' && <StepList travel={travel} />}
      {tab === 'versions' && <Versions travel={travel} />}
      {tab === 'own' && <OwnSteps travel={travel} />}
      <footer className={styles.footer}>
        {mayEdit && <NameVersion travel={travel} label={isPast ? 'Name it…' : 'Name version…'} />}
        <AuditLine travel={travel} />
      </footer>
    </div>
  );
}

/** Goes to any moment, from the beginning on the left to now on the right. */
function Scrubber({ travel }: { readonly travel: TimeTravel }) {
  const total = useStore(travel.state, (state) => state.total);
  const at = useStore(travel.state, shownOrdinal);
  return (
    <div className={styles.scrubber}>
      <input
        type="range"
        aria-label="Moment of the history"
        aria-valuetext={at === total ? 'Now' : `Step ${at} of ${total}`}
        min={0}
        max={total}
        value={at}
        disabled={total === 0}
        onChange={(event) => travel.show(Number(event.target.value))}
      />
      <span className={styles.position}>
        {at === total ? 'Now' : `${at.toLocaleString()} of ${total.toLocaleString()}`}
      </span>
    </div>
  );
}
