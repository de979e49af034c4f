import { expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { TelemetrySeries } from '../../telemetry/series.ts';
import type { TelemetrySnapshot } from '../../telemetry/snapshot.ts';
import type { TelemetryState } from '../../ui/telemetry/telemetry-view.ts';
import { headsetFigures } from './headset-figures.ts';

it('tells the figures of the page once they are measured, with their levels and what to do', async () => {
  const series = new TelemetrySeries();
  const state = createStore<TelemetryState>(() => ({
    isOpen: false,
    isTracing: false,
    series: undefined,
    revision: 0,
  }));
  const opened: boolean[] = [];
  const figures = headsetFigures({ state, setOpen: (isOpen) => void opened.push(isOpen) });
  expect(figures.lines()).toEqual([]);
  figures.setOpen(true);
  state.setState({ series });
  expect(figures.lines(), 'nothing was measured yet').toEqual([]);
  const frame = { drawCalls: 20_000, triangles: 5, renderMs: 1, drawn: 1, stages: [] };
  const transport = { rttMs: 12 };
  series.add({
    atMs: 0,
    snapshot: { frame, transport, commands: { conflicts: {} } } as unknown as TelemetrySnapshot,
  });
  await vi.waitFor(() => expect(figures.lines()).not.toEqual([]));
  const line = (label: string) => figures.lines().find((each) => each.label === label);
  expect(line('Draw calls')).toMatchObject({ value: '20,000', level: 'red' });
  expect(line('Draw calls')?.advice).toMatch(/materials/);
  expect(line('Round trip')).toMatchObject({ value: '12 ms', level: 'good' });
  figures.setOpen(false);
  expect(opened).toEqual([true, false]);
});
