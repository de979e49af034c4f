import { describe, expect, it } from 'vitest';
import { FIGURES, levelOf } from './figures.ts';
import { TelemetrySeries } from './series.ts';
import { type TelemetrySnapshot, telemetrySchema } from './snapshot.ts';

function snapshot(changes: {
  readonly transport?: Partial<TelemetrySnapshot['transport']>;
  readonly commands?: Partial<TelemetrySnapshot['commands']>;
  readonly frame?: Partial<TelemetrySnapshot['frame']>;
}): TelemetrySnapshot {
  return telemetrySchema.parse({
    frame: { drawCalls: 3, triangles: 36, renderMs: 1, drawn: 0, stages: [], ...changes.frame },
    transport: {
      ...{ packetsSent: 0, packetsReceived: 0, bytesSent: 0, bytesReceived: 0 },
      compressionRatio: 1,
      compressionMs: 0,
      ...changes.transport,
    },
    commands: {
      ...{ totalAppended: 0, appendRatePerSec: 0, queueDepth: 0, conflictRejections: 0 },
      ...{ conflicts: { lww: 0, merge: 0, reject: 0 }, acceptedByAuthor: {} },
      ...{ signatureVerifyLatencyMs: 0, rateLimitDrops: 0, replayRejections: 0 },
      ...{ payloadGuardDrops: 0, signatureRejections: 0, faults: 0 },
      ...changes.commands,
    },
  });
}

function figure(id: string) {
  const found = FIGURES.find((each) => each.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

describe('figures over time', () => {
  it('counters become rates, and the first sample has none', () => {
    const series = new TelemetrySeries();
    series.add({ atMs: 0, snapshot: snapshot({}) });
    series.add({ atMs: 500, snapshot: snapshot({ transport: { bytesSent: 4000 } }) });
    expect(series.values(figure('transport.outKbPerSec'))).toEqual([undefined, 8]);
  });

  it('keeps the last minute', () => {
    const series = new TelemetrySeries();
    for (let i = 0; i < 300; i++) series.add({ atMs: i * 500, snapshot: snapshot({}) });
    expect(series.samples).toHaveLength(120);
    expect(series.samples.at(-1)?.atMs).toBe(299 * 500);
  });

  it('a spreadsheet gets a column for each figure and a line for each sample', () => {
    const series = new TelemetrySeries();
    series.add({ atMs: 1500, snapshot: snapshot({ frame: { drawCalls: 7 } }) });
    const [heading = '', line = '', end] = series.toCsv().split('\r\n');
    const columns = heading.split(',');
    expect(columns).toEqual(['seconds', ...FIGURES.map(({ id }) => id)]);
    const cells = line.split(',');
    expect(cells).toHaveLength(columns.length);
    expect(cells[0]).toBe('1.500');
    expect(cells[columns.indexOf('frame.drawCalls')]).toBe('7');
    // What is not known is an empty cell, not a zero.
    expect(cells[columns.indexOf('transport.rttMs')]).toBe('');
    expect(end).toBe('');
  });

  it('JSON has the samples as they were taken', () => {
    const series = new TelemetrySeries();
    series.add({ atMs: 0, snapshot: snapshot({}) });
    const file = JSON.parse(series.toJson());
    expect(telemetrySchema.parse(file.samples[0].snapshot)).toEqual(snapshot({}));
  });
});

describe('levels', () => {
  it('are amber and red from their thresholds on', () => {
    const rtt = figure('transport.rttMs');
    expect([undefined, 20, 150, 399, 400].map((ms) => levelOf(rtt, ms))).toEqual([
      ...['good', 'good', 'amber', 'amber', 'red'],
    ]);
  });

  it('every figure that can be red says what to do', () => {
    for (const each of FIGURES) {
      if (each.red !== undefined) expect(each.advice, each.id).toMatch(/\.$/);
      expect(each.amber ?? 0, each.id).toBeLessThanOrEqual(each.red ?? Number.POSITIVE_INFINITY);
    }
  });
});
