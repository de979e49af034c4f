import type { CSSProperties } from 'react';
import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import styles from './follow-banner.module.css';

/** Says over the view with whose eyes one looks, in their colour. */
export function FollowBanner() {
  const editor = useEditor();
  const { following, others } = useStore(editor.people, (state) => state);
  const person = others.find(({ peer }) => peer === following);
  if (person === undefined) return null;
  return (
    <div className={styles.frame} style={{ '--person': person.color } as CSSProperties}>
      <section className={styles.banner} aria-label="Following" aria-live="polite">
        <span className={styles.dot} aria-hidden />
        <span>
          Following <strong>{person.name}</strong>
        </span>
        <Button onClick={() => editor.follow(undefined)}>Stop (Esc)</Button>
      </section>
    </div>
  );
}
