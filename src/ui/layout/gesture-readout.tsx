import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import { classNames } from '../primitives/class-names.ts';
import styles from './workspace.module.css';

/** What the hand is doing now and by how much, or what was typed instead, over the view. */
export function GestureReadout() {
  const gesture = useStore(useEditor().tools, (state) => state.gesture);
  if (!gesture) return null;
  const { label, readout, typed } = gesture;
  return (
    <output className={styles.gesture}>
      <span className={styles.gestureLabel}>{label}</span>
      {typed && (
        <span className={classNames(styles.gestureTyped, !typed.valid && styles.gestureInvalid)}>
          {typed.text}
        </span>
      )}
      <span className={styles.gestureReadout}>{readout}</span>
    </output>
  );
}
