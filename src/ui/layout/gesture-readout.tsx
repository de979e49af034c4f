import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import { classNames } from '../primitives/class-names.ts';
import styles from './workspace.module.css';

/** What the hand is doing now and by how much, or what was typed instead, over the view. */
export function GestureReadout() {
  const editor = useEditor();
  const gesture = useStore(editor.tools, (state) => state.gesture);
  const flight = useStore(editor.view, (state) => state.flight);
  if (!gesture) return flight === null ? null : <FlightReadout speed={flight} />;
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

/** How fast the camera flies, and by which keys. */
function FlightReadout({ speed }: { readonly speed: number }) {
  return (
    <output className={styles.gesture}>
      <span className={styles.gestureLabel}>Fly</span>
      <span className={styles.gestureReadout}>{Number(speed.toPrecision(2))} m/s</span>
      <span className={styles.gestureLabel}>W A S D Q E · Shift: faster · wheel: speed</span>
    </output>
  );
}
