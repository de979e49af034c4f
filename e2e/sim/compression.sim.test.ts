import { describe, expect, it } from 'vitest';
import { CAPABILITIES, MESSAGES_ZSTD } from '../../src/commands/capabilities.ts';
import { isZstd } from '../../src/protocol/zstd-frame.ts';
import { create, nameOf, twoPeople } from './two-people.ts';

const WITHOUT = CAPABILITIES.filter((each) => each !== MESSAGES_ZSTD);
/** When a page has loaded what it takes. */
const LOADED_MS = 4000;

describe('T3: compressed messages', () => {
  it('go both ways once both ends can read them, beside a peer who cannot', async () => {
    const { simulation, anna, bert } = await twoPeople();
    const carl = await simulation.peer({ author: 'carl', release: { capabilities: WITHOUT } });
    await simulation.quiesce();
    await simulation.run(LOADED_MS);
    expect(anna.session.messages).toBeDefined();
    expect(carl.session.messages).toBeUndefined();
    const before = { ...simulation.messages.counts };
    const box = create(anna, { name: 'A box with a name of some length' });
    await simulation.quiesce();
    create(carl, { name: 'Of Carl' });
    await simulation.quiesce();
    const { plain, compressed } = simulation.messages.counts;
    expect(compressed - before.compressed).toBeLessThan(0.7 * (plain - before.plain));
    for (const peer of [bert, carl]) {
      expect(nameOf(peer, box)).toBe('A box with a name of some length');
      expect(peer.hash).toBe(anna.hash);
    }
    expect(anna.hash).toBe(await simulation.serverHash());
  });

  it('S1: leave the bytes that are signed, and stored, as they are', async () => {
    const { simulation, anna } = await twoPeople();
    await simulation.run(LOADED_MS);
    create(anna, { name: 'Signed' });
    await simulation.quiesce();
    const last = await simulation.storage.lastRecord(simulation.sessionId);
    expect(isZstd(last!.packet)).toBe(false);
    expect(anna.session.status).toBe('connected');
  });

  it('S5: from who has not agreed on them are refused by name', async () => {
    const { simulation } = await twoPeople();
    const carl = await simulation.peer({ author: 'carl', release: { capabilities: WITHOUT } });
    await simulation.quiesce();
    const large = new Uint8Array(1000);
    carl.transport?.send('reliable', simulation.messages.deflate(large));
    await simulation.run(500);
    expect(await simulation.metrics.text()).toContain(
      'theta_bad_messages_total{reason="compression"} 1',
    );
    expect(carl.session.status).toBe('connected');
  });

  it('S3: larger than a message may be are refused by name', async () => {
    const { simulation, anna } = await twoPeople();
    await simulation.run(LOADED_MS);
    anna.transport?.send('reliable', simulation.messages.deflate(new Uint8Array(1024 * 1024)));
    await simulation.run(500);
    expect(await simulation.metrics.text()).toContain(
      'theta_bad_messages_total{reason="compression"} 1',
    );
  });
});
