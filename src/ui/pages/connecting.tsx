import styles from './page.module.css';
import { Waiting } from './waiting.tsx';

/** Shown from opening a link until the editor is loaded. */
export function Connecting() {
  return (
    <main className={styles.page}>
      <Waiting step="Opening the session" />
    </main>
  );
}
