import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { iceServersFor, TURN_LIFE_SECONDS } from './ice-servers.ts';

const NOW = 1_700_000_000_000;

describe('iceServersFor', () => {
  it('T2: gives a credential of the TURN REST API that ends', async () => {
    const turn = { url: 'turn:turn.example:3478', secret: 'shared' };
    const [server] = await iceServersFor(turn, 'ab'.repeat(32), NOW);
    const username = `${NOW / 1000 + TURN_LIFE_SECONDS}:${'ab'.repeat(8)}`;
    const credential = createHmac('sha1', 'shared').update(username).digest('base64');
    expect(server).toEqual({ urls: ['turn:turn.example:3478'], username, credential });
  });

  it('gives none where the operator has none', async () => {
    expect(await iceServersFor(undefined, 'ab'.repeat(32), NOW)).toEqual([]);
  });
});
