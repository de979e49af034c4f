import { History } from 'lucide-react';
import { useStore } from 'zustand';
import type { TimeTravel } from '../../editor/history/time-travel.ts';
import { IconButton } from '../primitives/button.tsx';
import { useAction } from '../use-action.ts';

/** Shows the history's panel or puts it away, and with it the past. */
export function HistoryToggle({ travel }: { readonly travel: TimeTravel }) {
  const isOpen = useStore(travel.state, (state) => state.isOpen);
  const toggle = (): void => travel.setOpen(!travel.state.getState().isOpen);
  useAction({
    id: 'session.history',
    label: 'History',
    group: 'Session',
    icon: 'history',
    keys: ['Mod+Shift+H'],
    enabled: () => true,
    checked: () => travel.state.getState().isOpen,
    run: toggle,
  });
  return (
    <IconButton label="History" keys="Ctrl+Shift+H" aria-pressed={isOpen} onClick={toggle}>
      <History size={16} aria-hidden />
    </IconButton>
  );
}
