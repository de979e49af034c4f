import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import styles from './workspace.module.css';

/** The rectangle being drawn to select what is in it. */
export function Marquee() {
  const rect = useStore(useEditor().tools, (state) => state.marquee);
  if (!rect) return null;
  const { left, top, right, bottom } = rect;
  return (
    <div
      className={styles.marquee}
      style={{ left, top, width: right - left, height: bottom - top }}
      aria-hidden
    />
  );
}
