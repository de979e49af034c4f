import { type KeyboardEvent, useRef, useState } from 'react';
import { classNames } from '../primitives/class-names.ts';
import styles from './number-input.module.css';
import { formatNumber } from './number-text.ts';
import type { ScrubModifiers } from './scrub.ts';
import { type Scrub, ScrubHandle } from './scrub-handle.tsx';

export interface NumberInputProps {
  /** Its accessible name. */
  readonly label: string;
  /** `undefined` when the selected entities differ. */
  readonly value: number | undefined;
  readonly unit?: string | undefined;
  /** Shows an axis letter in the field, which scrubs. */
  readonly axis?: 'x' | 'y' | 'z' | undefined;
  readonly readOnly: boolean;
  /** Takes what was typed, an expression maybe; false when it means nothing. */
  readonly onSubmit: (text: string) => boolean;
  readonly onNudge: (direction: 1 | -1, modifiers: ScrubModifiers) => void;
  /** Begins a scrub by the axis letter. */
  readonly onScrub?: () => Scrub;
}

const MIXED_MARK = '—';

/** A number that is typed, nudged by the arrow keys, or scrubbed by its axis letter. */
export function NumberInput({
  label,
  value,
  unit,
  axis,
  readOnly,
  onSubmit,
  onNudge,
  onScrub,
}: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [invalid, setInvalid] = useState(false);
  const [focused, setFocused] = useState(false);
  const cancelled = useRef(false);
  const shown = value === undefined ? '' : formatNumber(value, axis !== undefined && !focused);

  const finish = () => {
    const typed = draft?.trim() ?? '';
    if (typed !== '' && typed !== shown && !cancelled.current) onSubmit(typed);
    cancelled.current = false;
    setDraft(null);
    setInvalid(false);
  };
  const submitNow = (input: HTMLInputElement) => {
    const typed = draft?.trim() ?? '';
    if (typed !== '' && typed !== shown && !onSubmit(typed)) {
      setInvalid(true);
      return;
    }
    cancelled.current = true;
    input.blur();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Enter') submitNow(event.currentTarget);
    if (event.key === 'Escape') {
      cancelled.current = true;
      event.currentTarget.blur();
    }
    if (readOnly || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    setDraft(null);
    onNudge(event.key === 'ArrowUp' ? 1 : -1, { shift: event.shiftKey, alt: event.altKey });
  };
  return (
    <span
      className={classNames(
        styles.field,
        invalid && styles.invalid,
        readOnly && styles.readOnly,
        unit === '°' && styles.degrees,
      )}
    >
      {axis !== undefined && (
        <ScrubHandle begin={readOnly ? undefined : onScrub} className={styles.handle} axis={axis}>
          {axis.toUpperCase()}
        </ScrubHandle>
      )}
      <input
        aria-label={label}
        aria-invalid={invalid}
        className={styles.input}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        readOnly={readOnly}
        placeholder={value === undefined ? MIXED_MARK : undefined}
        value={draft ?? shown}
        onChange={(event) => {
          setDraft(event.target.value);
          setInvalid(false);
        }}
        onFocus={({ target }) => {
          setFocused(true);
          // After the whole number has taken the place of the short one.
          queueMicrotask(() => target.select());
        }}
        onBlur={() => {
          finish();
          setFocused(false);
        }}
        onKeyDown={onKeyDown}
      />
      {unit !== undefined && value !== undefined && draft === null && (
        <span className={styles.unit}>{unit}</span>
      )}
    </span>
  );
}
