/** Kills the server again and again under load: `npm run kill-test -- --kills 50 --seed 1`. */
import { parseArgs } from 'node:util';
import { messageOf } from '../../src/shared/errors.ts';
import { runKills } from './kill-run.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});

try {
  const { kills, entries, acknowledged } = await runKills({
    kills: Number(values.kills),
    seed: Number(values.seed),
    onKill: (kill, audit) =>
      console.log(
        `${kill}: ${audit.acknowledged} acknowledged, all among ${audit.entries} on disk`,
      ),
  });
  console.log(
    `${kills} kills survived: ${entries} entries, ${acknowledged} acknowledged, 0 lost, 0 applied twice`,
  );
} catch (thrown) {
  console.error(messageOf(thrown));
  process.exitCode = 1;
}
