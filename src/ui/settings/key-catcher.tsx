import { type KeyboardEvent, useState } from 'react';
import type { ActionRegistry } from '../../editor/editor.ts';
import { classNames } from '../primitives/class-names.ts';
import { Keys } from '../primitives/keys.tsx';
import { keyInputOf } from '../use-editor-keys.ts';
import styles from './settings.module.css';

export interface KeyCatcherProps {
  /** Of the action. */
  readonly label: string;
  readonly keys: readonly string[];
  readonly actions: ActionRegistry;
  readonly onKey: (key: string) => void;
}

/** The keys of an action. Pressed, it waits for the next key and takes it; Escape lets it be. */
export function KeyCatcher({ label, keys, actions, onKey }: KeyCatcherProps) {
  const [waits, setWaits] = useState(false);
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (!waits || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const key = actions.keyFrom(keyInputOf(event.nativeEvent));
    if (event.key !== 'Escape' && key === undefined) return;
    setWaits(false);
    if (event.key !== 'Escape' && key !== undefined) onKey(key);
  };
  const words = keys.map((key) => actions.format(key)).join(' or ') || 'none';
  return (
    <button
      type="button"
      className={classNames(styles.catcher, waits && styles.waiting)}
      aria-label={waits ? `Press the new key for ${label}` : `Keys of ${label}: ${words}`}
      onClick={() => setWaits(true)}
      onBlur={() => setWaits(false)}
      onKeyDown={onKeyDown}
    >
      {waits && 'Press a key…'}
      {!waits && keys.length === 0 && <span className={styles.none}>Add a key</span>}
      {!waits && keys.map((key) => <Keys key={key} keys={actions.format(key)} />)}
    </button>
  );
}
