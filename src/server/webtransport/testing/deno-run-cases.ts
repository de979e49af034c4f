import { contractRuns, runCases } from '../../testing/case-runner.ts';
import { startPair } from './deno-fixture.ts';
import { LISTENER_CASES } from './deno-listener-cases.ts';

/* Needs real QUIC. Arguments: parts of names to select. */
await runCases([...contractRuns(startPair), ...LISTENER_CASES]);
