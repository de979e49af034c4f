import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Button } from '../primitives/button.tsx';
import styles from './access.module.css';

export interface ConfirmProps {
  /** The verb, as the button says it. */
  readonly action: string;
  /** Whom or what it is about. */
  readonly of: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks once more, in the place of what was pressed. Escape is no, and closes nothing else. */
export function Confirm({ action, of, onYes, onNo }: ConfirmProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // A menu gives the focus back to its button when it has closed.
    const frame = requestAnimationFrame(() => first.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
    onNo();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame around two buttons
    <div
      role="group"
      aria-label={`${action}: ${of}?`}
      className={styles.confirm}
      onKeyDown={onKeyDown}
    >
      <Button ref={first} className={styles.danger} onClick={onYes}>
        {action}
      </Button>
      <Button onClick={onNo}>Keep</Button>
    </div>
  );
}
