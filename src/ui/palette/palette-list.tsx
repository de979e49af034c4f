import { Check, Search } from 'lucide-react';
import { Fragment, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Action } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { Keys } from '../primitives/keys.tsx';
import { matchActions } from './match-actions.ts';
import styles from './palette.module.css';
import { noteAction, recentActions } from './recent-actions.ts';

/** A search field over the list of actions; arrows choose, Enter runs. */
export function PaletteList({ onClose }: { readonly onClose: () => void }) {
  const editor = useEditor();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const [recent] = useState(recentActions);
  const sections = matchActions(editor.actions.all, query, recent);
  const actions = sections.flatMap((section) => section.actions);
  const current = actions[chosen];
  const optionId = (action: Action) => `${listId}-${action.id}`;

  const run = (action: Action | undefined) => {
    if (!action?.enabled()) return;
    onClose();
    noteAction(action.id);
    editor.actions.run(action.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') run(current);
    if (step === undefined || actions.length === 0) return;
    event.preventDefault();
    setChosen((chosen + step + actions.length) % actions.length);
  };
  return (
    <>
      <div className={styles.query}>
        <Search size={16} aria-hidden />
        <input
          role="combobox"
          aria-label="Search commands"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={current && optionId(current)}
          placeholder="What do you want to do?"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {actions.length === 0 && <p className={styles.none}>Nothing here does “{query}”.</p>}
      <div id={listId} role="listbox" aria-label="Commands" className={styles.list}>
        {sections.map(({ heading, actions: lines }) => (
          <Fragment key={heading ?? query}>
            {heading !== undefined && <p className={styles.group}>{heading}</p>}
            {lines.map((action) => (
              <Option
                key={action.id}
                id={optionId(action)}
                action={action}
                keys={editor.actions.shortcutOf(action.id)}
                chosen={action === current}
                onChoose={() => setChosen(actions.indexOf(action))}
                onRun={() => run(action)}
              />
            ))}
          </Fragment>
        ))}
      </div>
    </>
  );
}

interface OptionProps {
  readonly id: string;
  readonly action: Action;
  readonly keys: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly onRun: () => void;
}

function Option({ id, action, keys, chosen, onChoose, onRun }: OptionProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys
    <div
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      aria-disabled={!action.enabled()}
      className={styles.option}
      onPointerMove={chosen ? undefined : onChoose}
      onClick={onRun}
    >
      <span className={styles.label}>{action.label}</span>
      {action.checked?.() && <Check size={14} className={styles.checked} aria-label="On" />}
      {keys !== '' && <Keys keys={keys} />}
    </div>
  );
}
