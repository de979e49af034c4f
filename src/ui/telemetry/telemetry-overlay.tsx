import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import type { TelemetryView } from './telemetry-view.ts';

const TelemetryPanel = lazy(async () => {
  const panel = await import('./telemetry-panel.tsx');
  return { default: panel.TelemetryPanel };
});

/** The panel, while it is open; its code comes when it is opened first. */
export function TelemetryOverlay({ telemetry }: { readonly telemetry: TelemetryView }) {
  const isOpen = useStore(telemetry.state, (state) => state.isOpen);
  if (!isOpen) return null;
  return (
    <Suspense>
      <TelemetryPanel telemetry={telemetry} />
    </Suspense>
  );
}
