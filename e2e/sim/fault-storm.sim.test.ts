import { expect, it } from 'vitest';
import { sealPacket } from '../../src/commands/packet.ts';
import { type Bytes, fromBase64Url } from '../../src/shared/bytes.ts';
import { fastSigner } from './fast-signing.ts';
import { Simulation } from './simulation.ts';

const A_MINUTE_MS = 60_000;

it('S5: a packet that the server cannot read is tried three times, and holds up nothing', async () => {
  const simulation = await Simulation.create(1);
  const anna = await simulation.peer({ author: 'anna' });
  await simulation.quiesce();
  const bytes = await sealPacket(fastSigner('anna'), {
    session: fromBase64Url(simulation.sessionId) as Bytes,
    replica: 0,
    nonce: 1,
    lamport: 1,
    entries: new Uint8Array(64),
    blobSize: 0,
  });
  anna.session.outbox.adopt({ nonce: 1, bytes });
  anna.pipeline.execute('entity.create', { name: 'Behind it' });
  await simulation.run(A_MINUTE_MS);
  const { faults } = anna.session.counters;
  expect(faults).toBe(3);
  expect(anna.session.pending).toBe(0);
  expect(anna.session.tray.items).toMatchObject([{ id: 'packet-1', readable: false }]);
});
