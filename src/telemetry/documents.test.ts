import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FIGURES } from './figures.ts';

const ROOT = new URL('../../', import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

it('docs/telemetry.md has every figure with its thresholds and its advice', () => {
  const page = read('docs/telemetry.md');
  for (const { id, label, amber, red, advice } of FIGURES) {
    const limits = [amber, red].map((limit) => limit?.toLocaleString('en') ?? '–').join(' | ');
    expect(page).toContain(`| \`${id}\` | ${label} | ${limits} | ${advice ?? ''}`);
  }
});

it('the Grafana dashboard asks for metrics that the server has', () => {
  const sources = readdirSync(new URL('src/server', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => read(`src/server/${path}`))
    .join('\n');
  const dashboard = JSON.parse(read('docs/grafana-dashboard.json'));
  const asked = new Set<string>(
    JSON.stringify(dashboard.panels)
      .match(/theta_[a-z_]+/g)
      ?.map(baseName),
  );
  expect(asked.size).toBeGreaterThan(20);
  for (const name of asked) expect(sources, name).toContain(`'${name}'`);
});

/** A histogram is asked for by its buckets. */
function baseName(name: string): string {
  return name.replace(/_bucket$/, '');
}
