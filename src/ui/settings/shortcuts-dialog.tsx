import { RotateCcw, Search } from 'lucide-react';
import { useCallback, useState, useSyncExternalStore } from 'react';
import type { Action, ActionRegistry } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';
import { EmptyState } from '../primitives/empty-state.tsx';
import { useAction } from '../use-action.ts';
import { KeyCatcher } from './key-catcher.tsx';
import styles from './settings.module.css';
import { matchingGroups } from './shortcut-groups.ts';

/** The action that opens it. */
export const SHOW_SHORTCUTS = 'session.shortcuts';

/** Every action and its keys; a click on keys changes them. */
export function ShortcutsDialog() {
  const [open, setOpen] = useState(false);
  useAction({
    id: SHOW_SHORTCUTS,
    label: 'Keyboard shortcuts…',
    group: 'Session',
    icon: 'keyboard',
    keys: ['?'],
    enabled: () => true,
    run: () => setOpen(true),
  });
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Keyboard shortcuts"
      description="Click on a key to choose another, for this browser."
    >
      <Shortcuts />
    </Dialog>
  );
}

function Shortcuts() {
  const { actions } = useEditor();
  const all = useActions(actions);
  const [text, setText] = useState('');
  const groups = matchingGroups(actions, all, text);
  const isChanged = Object.keys(actions.bindings).length > 0;
  return (
    <>
      <div className={styles.searchRow}>
        <label className={styles.search}>
          <Search size={14} aria-hidden />
          <input
            type="search"
            aria-label="Search shortcuts"
            placeholder="Search by name or key"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Button disabled={!isChanged} onClick={() => actions.setBindings({})}>
          <RotateCcw size={14} aria-hidden />
          Reset all
        </Button>
      </div>
      <div className={styles.groups}>
        {groups.map(({ group, items }) => (
          <section key={group} aria-label={group}>
            <h3 className={styles.title}>{group}</h3>
            <ul>
              {items.map((action) => (
                <ShortcutRow key={action.id} action={action} actions={actions} />
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && (
          <EmptyState icon={Search} title="No action is called so">
            Try another word, or a key such as “Ctrl”.
          </EmptyState>
        )}
      </div>
    </>
  );
}

interface ShortcutRowProps {
  readonly action: Action;
  readonly actions: ActionRegistry;
}

function ShortcutRow({ action, actions }: ShortcutRowProps) {
  const [taken, setTaken] = useState<{ readonly key: string; readonly by: readonly Action[] }>();
  const { id, label } = action;
  const isOwn = actions.bindings[id] !== undefined;
  const choose = (key: string): void => {
    const by = actions.holdersOf(key).filter((other) => other.id !== id);
    if (by.length > 0) setTaken({ key, by });
    else actions.rebind(id, [key]);
  };
  /** Whoever had the key keeps its others. */
  const takeAway = (): void => {
    if (taken === undefined) return;
    for (const other of taken.by) {
      const kept = actions.keysOf(other.id).filter((key) => key !== taken.key);
      actions.rebind(other.id, kept);
    }
    actions.rebind(id, [taken.key]);
    setTaken(undefined);
  };
  return (
    <li className={styles.shortcut}>
      <span className={styles.what}>{label}</span>
      <span className={styles.keys}>
        <KeyCatcher label={label} keys={actions.keysOf(id)} actions={actions} onKey={choose} />
        <Button
          size="icon"
          aria-label={`Reset the keys of ${label}`}
          className={isOwn ? undefined : styles.hidden}
          disabled={!isOwn}
          onClick={() => actions.rebind(id, undefined)}
        >
          <RotateCcw size={13} aria-hidden />
        </Button>
      </span>
      {taken !== undefined && (
        <p className={styles.conflict} role="alert">
          {actions.format(taken.key)} is “{taken.by.map((other) => other.label).join('”, “')}”.
          <Button onClick={takeAway}>Use it here</Button>
          <Button onClick={() => setTaken(undefined)}>Keep it there</Button>
        </p>
      )}
    </li>
  );
}

function useActions(actions: ActionRegistry): readonly Action[] {
  const subscribe = useCallback((changed: () => void) => actions.onChange(changed), [actions]);
  return useSyncExternalStore(subscribe, () => actions.all);
}
