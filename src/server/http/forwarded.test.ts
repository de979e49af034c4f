import { describe, expect, it } from 'vitest';
import { forwardedAddress } from './forwarded.ts';

const PORTS = { httpPort: 8080, httpsPort: 8443 };
const PROXY = '127.0.0.1';
const PUBLIC = 'https://theta.example';

function seen(forwarded: string | undefined, publicOrigin: string | undefined = PUBLIC): string {
  const headers = new Headers(forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded });
  return forwardedAddress(publicOrigin, () => PORTS)(headers, PROXY);
}

describe('forwardedAddress', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8::6', '2001:db8::6'],
    ['198.51.100.1, 10.0.0.1,203.0.113.9 ', '203.0.113.9'],
  ])('S3: takes %s for %s, which the proxy has seen itself', (forwarded, address) => {
    expect(seen(forwarded)).toBe(address);
  });

  it.each([undefined, '', 'unknown', '203.0.113.9, ', '203.0.113.9:4711', '203.0.113.9, _hidden'])(
    'counts the proxy itself where it says %s',
    (forwarded) => {
      expect(seen(forwarded)).toBe(PROXY);
    },
  );

  it('S3: believes nobody where no proxy is to be expected', () => {
    const headers = new Headers({ 'X-Forwarded-For': '203.0.113.9' });
    const own = [undefined, 'https://theta.example:8443', 'http://localhost:8080'];
    for (const origin of own)
      expect(forwardedAddress(origin, () => PORTS)(headers, PROXY), origin).toBe(PROXY);
    const atDefaultPorts = forwardedAddress(PUBLIC, () => ({ httpPort: 80, httpsPort: 443 }));
    expect(atDefaultPorts(headers, PROXY)).toBe(PROXY);
  });
});
