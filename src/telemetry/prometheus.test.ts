import { describe, expect, it } from 'vitest';
import { Metrics } from './prometheus.ts';

describe('Metrics', () => {
  it('exports counters by label, histograms by bucket, and gauges as they are when asked', async () => {
    const metrics = new Metrics();
    const refusals = metrics.counter('theta_refusals_total', 'Refusals.', ['reason']);
    refusals.add({ reason: 'rate' });
    refusals.add({ reason: 'rate' }, 2);
    const wait = metrics.histogram('theta_wait_seconds', 'Waits.', [0.1, 1]);
    wait.observe({}, 0.5);
    let rooms = 1;
    metrics.gauge('theta_rooms', 'Rooms.', () => rooms);
    rooms = 4;
    const text = await metrics.text();
    expect(text).toContain('# TYPE theta_refusals_total counter');
    expect(text).toContain('theta_refusals_total{reason="rate"} 3');
    expect(text).toContain('theta_wait_seconds_bucket{le="0.1"} 0');
    expect(text).toContain('theta_wait_seconds_bucket{le="1"} 1');
    expect(text).toContain('theta_rooms 4');
    expect(metrics.contentType).toMatch(/^text\/plain/);
  });

  it('shows an unlabelled counter from the start, at zero', async () => {
    const metrics = new Metrics();
    metrics.counter('theta_crashes_total', 'Crashes.');
    expect(await metrics.text()).toContain('theta_crashes_total 0');
  });

  it('two registries in one process do not meet', async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    one.counter('theta_things_total', 'Things.').add({});
    other.counter('theta_things_total', 'Things.');
    expect(await other.text()).toContain('theta_things_total 0');
  });
});
