import type { CounterMetric, HistogramMetric, Metrics } from '../../telemetry/prometheus.ts';

const LATENCY_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/** What the rooms of a server count; `docs/operations.md` says what each means. */
export interface RoomMetrics {
  readonly packets: CounterMetric<'outcome'>;
  readonly entries: CounterMetric<'verdict' | 'reason'>;
  readonly faults: CounterMetric<'reason'>;
  readonly replayRejections: CounterMetric<never>;
  readonly rateLimitDrops: CounterMetric<never>;
  readonly rateCutoffs: CounterMetric<never>;
  readonly payloadGuardDrops: CounterMetric<never>;
  readonly recordsGivenBack: CounterMetric<never>;
  readonly signatureRejections: CounterMetric<never>;
  readonly joinRefusals: CounterMetric<'reason'>;
  readonly transportFaults: CounterMetric<'transport' | 'fault'>;
  readonly presenceFaults: CounterMetric<'fault'>;
  readonly presenceUpdates: CounterMetric<'outcome'>;
  readonly closes: CounterMetric<'code'>;
  readonly verdictSeconds: HistogramMetric<never>;
}

export function createRoomMetrics(metrics: Metrics): RoomMetrics {
  return {
    packets: metrics.counter('theta_packets_total', 'Packets by what came of them.', ['outcome']),
    entries: metrics.counter('theta_entries_total', 'Entries by verdict and reason.', [
      'verdict',
      'reason',
    ]),
    faults: metrics.counter('theta_bad_messages_total', 'Messages refused before judging.', [
      'reason',
    ]),
    replayRejections: metrics.counter(
      'theta_replay_rejections_total',
      'Packets with a nonce that was used for other bytes.',
    ),
    rateLimitDrops: metrics.counter(
      'theta_rate_limit_drops_total',
      'Packets put off because their author sends too many.',
    ),
    rateCutoffs: metrics.counter(
      'theta_rate_cutoffs_total',
      'Connections closed because they sent on and on what could not be taken.',
    ),
    payloadGuardDrops: metrics.counter(
      'theta_payload_guard_drops_total',
      'Messages over the size that is allowed.',
    ),
    recordsGivenBack: metrics.counter(
      'theta_log_records_given_back_total',
      'Records of a log that was restored from a backup, brought back by pages.',
    ),
    signatureRejections: metrics.counter(
      'theta_signature_rejections_total',
      'Packets and proofs whose signature is wrong.',
    ),
    joinRefusals: metrics.counter('theta_join_refusals_total', 'Handshakes refused, by reason.', [
      'reason',
    ]),
    transportFaults: metrics.counter(
      'theta_transport_faults_total',
      'Connections lost because the other end broke a rule of lanes or frames, by rule.',
      ['transport', 'fault'],
    ),
    presenceFaults: metrics.counter(
      'theta_presence_faults_total',
      'Presence that came too often and was dropped, or from where nobody can be and was clamped.',
      ['fault'],
    ),
    presenceUpdates: metrics.counter(
      'theta_presence_updates_total',
      'What peers show, once for each peer: sent, or squashed into a later state (R3).',
      ['outcome'],
    ),
    closes: metrics.counter('theta_connections_closed_total', 'Ended connections, by close code.', [
      'code',
    ]),
    verdictSeconds: metrics.histogram(
      'theta_verdict_seconds',
      'From the arrival of a packet to its verdict, the disk included.',
      LATENCY_BUCKETS,
    ),
  };
}
