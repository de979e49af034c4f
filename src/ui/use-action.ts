import { useCallback, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { Action } from '../editor/editor.ts';
import { useEditor } from './editor-context.tsx';

/**
 * Lends the editor an action that a panel performs, for as long as the panel is there. `enabled` and
 * `run` may change with every render; the rest of an action with a given id stays as it was.
 */
export function useAction(action: Action): void {
  const { actions } = useEditor();
  const latest = useRef(action);
  useLayoutEffect(() => {
    latest.current = action;
  });
  const { id } = action;
  useEffect(
    () =>
      actions.register({
        ...latest.current,
        id,
        enabled: () => latest.current.enabled(),
        run: () => latest.current.run(),
      }),
    [actions, id],
  );
}

/** The keys of an action, as this machine's user reads them; empty for none. */
export function useShortcut(id: string): string {
  const { actions } = useEditor();
  const subscribe = useCallback((changed: () => void) => actions.onChange(changed), [actions]);
  return useSyncExternalStore(subscribe, () => actions.shortcutOf(id));
}
