import { memoryUsage } from 'node:process';
import type { Clock } from '../shared/clock.ts';
import type { CounterMetric, Metrics } from '../telemetry/prometheus.ts';
import type { RoomHost } from './room-host.ts';

export interface ProcessMetrics {
  /** Failures that nobody handled; each is a fault of ours. */
  readonly unhandled: CounterMetric<never>;
}

/** Registers what the process as a whole has to show. */
export function createProcessMetrics(
  metrics: Metrics,
  rooms: Pick<RoomHost, 'stats'>,
  clock: Clock,
): ProcessMetrics {
  const began = clock.now();
  metrics.gauge(
    'theta_uptime_seconds',
    'Time since the start.',
    () => (clock.now() - began) / 1000,
  );
  metrics.gauge('theta_resident_bytes', 'Memory held.', () => memoryUsage().rss);
  metrics.gauge('theta_heap_used_bytes', 'Heap in use.', () => memoryUsage().heapUsed);
  metrics.gauge('theta_rooms', 'Rooms in memory.', () => rooms.stats().rooms);
  metrics.gauge('theta_peers', 'Connections that have shaken hands.', () => rooms.stats().peers);
  return {
    unhandled: metrics.counter('theta_unhandled_failures_total', 'Failures nobody handled.'),
  };
}
