import type { StoreApi } from 'zustand';
import type { TelemetrySeries } from '../../telemetry/series.ts';

export interface TelemetryState {
  readonly isOpen: boolean;
  readonly isTracing: boolean;
  /** Undefined until it was opened for the first time. */
  readonly series: TelemetrySeries | undefined;
  /** Rises with each sample. */
  readonly revision: number;
}

/** What the overlay shows and offers. */
export interface TelemetryView {
  readonly state: StoreApi<TelemetryState>;
  setOpen(isOpen: boolean): void;
  /** What an author is called here, by public key. */
  nameOf(author: string): string;
  /** Saves the last minute as a file. */
  save(format: 'csv' | 'json'): void;
  startTrace(): void;
  /** Ends it and saves it as a file for the browser's performance panel. */
  stopTrace(): void;
}
