import { type ComponentProps, type KeyboardEvent, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './text-field.module.css';

export interface DraftFieldProps
  extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'onBlur' | 'aria-label'> {
  readonly label: string;
  readonly value: string;
  /** Called once for an edit, and only when the text differs from `value`. */
  readonly onCommit: (text: string) => void;
  /** Called when the edit ends, committed or not. */
  readonly onEnd?: () => void;
}

/**
 * A text input that keeps a draft of its own: Enter and leaving commit it, Escape brings the value
 * back. Focus selects the whole text.
 */
export function DraftField({ label, value, onCommit, onEnd, className, ...rest }: DraftFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const cancelled = useRef(false);

  const finish = () => {
    if (draft !== null && draft !== value && !cancelled.current) onCommit(draft);
    cancelled.current = false;
    setDraft(null);
    onEnd?.();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    cancelled.current = event.key === 'Escape';
    event.currentTarget.blur();
  };
  return (
    <input
      {...rest}
      aria-label={label}
      autoComplete="off"
      spellCheck={false}
      className={classNames(styles.field, className)}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={finish}
      onKeyDown={onKeyDown}
    />
  );
}
