import { expect, it } from 'vitest';
import { runKills } from './kill-run.ts';

it('D3: a server killed three times under eight clients loses nothing that it acknowledged', async () => {
  const report = await runKills({ kills: 3, seed: 7 });
  expect(report.kills).toBe(3);
  expect(report.acknowledged).toBeGreaterThan(20);
}, 180_000);
