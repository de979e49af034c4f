import { SquareTerminal } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../primitives/button.tsx';
import { useAction, useShortcut } from '../use-action.ts';
import type { ConsoleView } from './console-view.ts';

export const TOGGLE_CONSOLE = 'view.console';

/** Shows the console below the view, or puts it away. */
export function ConsoleToggle({ scripts }: { readonly scripts: ConsoleView }) {
  const isOpen = useStore(scripts.state, (state) => state.isOpen);
  const toggle = (): void => scripts.setOpen(!scripts.state.getState().isOpen);
  useAction({
    id: TOGGLE_CONSOLE,
    label: 'Console',
    group: 'View',
    icon: 'square-terminal',
    keys: ['F9'],
    enabled: () => true,
    checked: () => scripts.state.getState().isOpen,
    run: toggle,
  });
  const keys = useShortcut(TOGGLE_CONSOLE);
  return (
    <IconButton
      label="Console"
      hint="Scripts on this session"
      keys={keys}
      size="iconSmall"
      aria-pressed={isOpen}
      onClick={toggle}
    >
      <SquareTerminal size={13} aria-hidden />
    </IconButton>
  );
}
