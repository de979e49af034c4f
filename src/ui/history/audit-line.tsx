import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useStore } from 'zustand';
import type { TimeTravel } from '../../editor/history/time-travel.ts';
import { Button } from '../primitives/button.tsx';
import styles from './history.module.css';

/** Checks the signatures of the whole history, and says what came of it. */
export function AuditLine({ travel }: { readonly travel: TimeTravel }) {
  const audit = useStore(travel.state, (state) => state.audit);
  switch (audit.phase) {
    case 'idle':
      return (
        <Button className={styles.audit} onClick={() => travel.verify()}>
          <ShieldCheck size={14} aria-hidden />
          Check all signatures
        </Button>
      );
    case 'running':
      return (
        <div className={styles.auditing}>
          <progress value={audit.progress} max={1} aria-label="Checking the history" />
          <Button onClick={() => travel.cancelVerify()}>Cancel</Button>
        </div>
      );
    case 'valid':
      return (
        <Button className={styles.audit} data-look="good" onClick={() => travel.verify()}>
          <ShieldCheck size={14} aria-hidden />
          {audit.entries.toLocaleString()} entries are genuine
        </Button>
      );
    case 'faulty':
      return (
        <p className={styles.fault} role="alert">
          <ShieldAlert size={14} aria-hidden />
          {audit.fault}
        </p>
      );
  }
}
