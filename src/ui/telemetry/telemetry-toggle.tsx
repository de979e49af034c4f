import { Activity } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../primitives/button.tsx';
import { useAction, useShortcut } from '../use-action.ts';
import type { TelemetryView } from './telemetry-view.ts';

const TOGGLE = 'view.telemetry';

/** Shows the telemetry over the view, or puts it away. */
export function TelemetryToggle({ telemetry }: { readonly telemetry: TelemetryView }) {
  const isOpen = useStore(telemetry.state, (state) => state.isOpen);
  const toggle = (): void => telemetry.setOpen(!telemetry.state.getState().isOpen);
  useAction({
    id: TOGGLE,
    label: 'Telemetry',
    group: 'View',
    icon: 'activity',
    keys: ['F8'],
    enabled: () => true,
    checked: () => telemetry.state.getState().isOpen,
    run: toggle,
  });
  const keys = useShortcut(TOGGLE);
  return (
    <IconButton
      label="Telemetry"
      hint="Frames, network and commands, live"
      keys={keys}
      size="iconSmall"
      aria-pressed={isOpen}
      onClick={toggle}
    >
      <Activity size={13} aria-hidden />
    </IconButton>
  );
}
