import { describe, expect, it } from 'vitest';
import { connectOrigins, type TransportOffer, transportRoute } from './transport-route.ts';

const offer: TransportOffer = {
  port: 8443,
  network: undefined,
  host: '127.0.0.1',
  certificateHashes: [],
  rungs: ['webtransport'],
  webrtc: undefined,
  flags: { renderer: 'webgl', xr: false },
};

describe('a server bound to one address', () => {
  it('is offered by that address, and the page may connect there', async () => {
    const init = { headers: { Host: 'localhost:8080' } };
    const response = await transportRoute(() => offer).request('/', init);
    expect(await response.json()).toEqual({
      webtransport: { url: 'https://127.0.0.1:8443/wt', port: 8443, certificateHashes: [] },
      renderer: 'webgl',
      xr: false,
    });
    expect(connectOrigins('localhost:8080', offer)).toEqual([
      'https://localhost:8443',
      'wss://localhost:8443',
      'https://127.0.0.1:8443',
      'wss://127.0.0.1:8443',
    ]);
  });
});
