import { expect, it } from 'vitest';
import { encode } from '../../src/protocol/codec.ts';
import { ROOM_LIMITS } from '../../src/server/room/room-limits.ts';
import { TRANSPORT_LIMITS } from '../../src/transport/transport.ts';
import { counted } from './crafted.ts';
import type { SimPeer } from './sim-peer.ts';
import { create, nameOf, twoPeople } from './two-people.ts';

const BULKY_NAME = 'x'.repeat(240);
/** As many as fit a packet. */
const RENAMES = 50;
const PATIENCE_MS = 500;
const PING = encode('ClientMessage', { payload: { type: 'Ping', value: { id: 1 } } });

/** The last of the names is the one that stays. */
function renameOften({ pipeline }: SimPeer, box: string, name: string): void {
  for (let i = 1; i < RENAMES; i++)
    pipeline.execute('entity.rename', { entity: box, name: `${i}${BULKY_NAME}` });
  pipeline.execute('entity.rename', { entity: box, name });
}

it('S3: a peer that talks and does not read costs 4 MiB at most, and delays nobody', async () => {
  const { simulation, anna, bert, box } = await twoPeople();
  const carl = await simulation.peer({ author: 'carl' });
  const others = [bert];
  for (const author of ['dora', 'emil']) others.push(await simulation.peer({ author }));
  await simulation.quiesce();
  const boxes = others.map((other) => ({ other, own: create(other, { name: 'Own' }) }));
  await simulation.quiesce();
  const { served, transport } = carl;
  carl.hang();

  let most = 0;
  const closed = (): Promise<number> =>
    counted(simulation, 'theta_connections_closed_total{code="4413"}');
  for (let i = 0; simulation.rooms.stats().peers > 4; i++) {
    for (const { other, own } of boxes) renameOften(other, own, `Own ${i}`);
    renameOften(anna, box, `Box ${i}`);
    const heard = () => others.every((other) => nameOf(other, box) === `Box ${i}`);
    await simulation.until(`edit ${i} reaches all others`, heard, PATIENCE_MS);
    transport?.send('reliable', PING);
    most = Math.max(most, served?.bufferedBytes('reliable') ?? 0);
  }

  expect(await closed()).toBe(1);
  expect(most).toBeGreaterThan(ROOM_LIMITS.maxUnreadBytes / 2);
  expect(most).toBeLessThanOrEqual(ROOM_LIMITS.maxUnreadBytes + TRANSPORT_LIMITS.maxReliableBytes);
  expect(served?.bufferedBytes('reliable')).toBe(0);
  await simulation.until('all are alike', () => others.every(({ hash }) => hash === anna.hash));
}, 60_000);
