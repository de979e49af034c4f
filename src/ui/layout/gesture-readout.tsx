import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import styles from './workspace.module.css';

/** What the hand is doing now and by how much, over the view. */
export function GestureReadout() {
  const gesture = useStore(useEditor().tools, (state) => state.gesture);
  if (!gesture) return null;
  return (
    <output className={styles.gesture}>
      <span className={styles.gestureLabel}>{gesture.label}</span>
      <span className={styles.gestureReadout}>{gesture.readout}</span>
    </output>
  );
}
