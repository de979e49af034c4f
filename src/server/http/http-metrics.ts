import type { CounterMetric, HistogramMetric, Metrics } from '../../telemetry/prometheus.ts';

/** What the shell counts. Rooms and transports register theirs with the same `Metrics`. */
export interface HttpMetrics {
  readonly requests: CounterMetric<'method' | 'status'>;
  readonly refusals: CounterMetric<'reason'>;
  readonly seconds: HistogramMetric<never>;
  readonly sessionsCreated: CounterMetric<never>;
  readonly uploadedBytes: CounterMetric<never>;
}

/** Answers are quick, or somebody uploads. */
const SECONDS_BUCKETS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60];

export function createHttpMetrics(metrics: Metrics): HttpMetrics {
  return {
    requests: metrics.counter('theta_http_requests_total', 'HTTP requests answered.', [
      'method',
      'status',
    ]),
    refusals: metrics.counter('theta_http_refusals_total', 'HTTP requests refused, by reason.', [
      'reason',
    ]),
    seconds: metrics.histogram(
      'theta_http_request_seconds',
      'Time until an HTTP answer began.',
      SECONDS_BUCKETS,
    ),
    sessionsCreated: metrics.counter('theta_sessions_created_total', 'Sessions created.'),
    uploadedBytes: metrics.counter('theta_blob_uploaded_bytes_total', 'Bytes of blobs received.'),
  };
}
