import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import styles from './page.module.css';
import { Waiting } from './waiting.tsx';

/** Over the view until the scene is there: nobody shall take an empty view for an empty scene. */
export function Opening() {
  const { connection } = useEditor();
  const isOpen = useStore(connection, (state) => state.isOpen);
  const problem = useStore(connection, (state) => state.problem);
  if (isOpen) return null;
  return (
    <div className={styles.opening}>
      <Waiting step="Opening the session" problem={problem} />
    </div>
  );
}
