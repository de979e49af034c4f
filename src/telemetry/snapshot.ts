import { z } from 'zod';

const count = z.number().int().min(0);
const milliseconds = z.number().min(0);

const timing = z.object({
  name: z.string(),
  runs: count,
  lastMs: milliseconds,
  averageMs: milliseconds,
  maxMs: milliseconds,
});

/** What became of commands in this tab and this session, since the page was opened. */
export const commandMetricsSchema = z.object({
  /** Sequence number of the last accepted entry that is applied. */
  totalAppended: count,
  appendRatePerSec: z.number().min(0),
  /** Own transactions without a verdict. */
  queueDepth: count,
  /** Own transactions that the server refused, for whatever reason. */
  conflictRejections: count,
  /** Own commands that lost against somebody else's, by the strategy of their type. */
  conflicts: z.object({ lww: count, merge: count, reject: count }),
  /** Accepted entries by the hexadecimal public key of who made them, since this page follows. */
  acceptedByAuthor: z.record(z.string(), count),
  signatureVerifyLatencyMs: milliseconds,
  rateLimitDrops: count,
  replayRejections: count,
  payloadGuardDrops: count,
  signatureRejections: count,
  faults: count,
});

export type CommandMetricsSnapshot = z.infer<typeof commandMetricsSchema>;

/** What `theta.telemetry()` gives: a plain object, which JSON carries. */
export const telemetrySchema = z.object({
  frame: z.object({
    drawCalls: count,
    triangles: count,
    /** How long the renderer takes to hand a frame over, on average of the last 120. */
    renderMs: milliseconds,
    /** Of the last frame on the GPU; absent where it is not measured. */
    gpuMs: milliseconds.optional(),
    /** Frames that were drawn since the page was opened. */
    drawn: count,
    /** Of script; absent where the browser does not tell. */
    heapBytes: count.optional(),
    stages: z.array(timing.extend({ systems: z.array(timing).readonly() })).readonly(),
  }),
  transport: z.object({
    kind: z.string().optional(),
    rttMs: milliseconds.optional(),
    jitterMs: milliseconds.optional(),
    packetsSent: count,
    packetsReceived: count,
    bytesSent: count,
    bytesReceived: count,
    compressionRatio: z.number().min(0),
    compressionMs: z.number().min(0),
  }),
  commands: commandMetricsSchema,
});

export type TelemetrySnapshot = z.infer<typeof telemetrySchema>;
