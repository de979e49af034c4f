import { describe, expect, it } from 'vitest';
import { hostNameOf, OriginPolicy } from './origins.ts';

const policy = new OriginPolicy({
  ports: () => ({ httpPort: 8080, httpsPort: 8443 }),
  publicOrigin: 'https://theta.example',
  names: () => ['*.lan.example', 'studio.local'],
  addresses: () => ['192.0.2.7', '2001:db8::7'],
});

describe('OriginPolicy', () => {
  it.each([
    ['localhost:8080', true],
    ['LOCALHOST', true],
    ['theta.example', true],
    ['one.lan.example:8443', true],
    ['studio.local:8443', true],
    ['198.51.100.1:9', true],
    ['[2001:db8::99]:8443', true],
    ['lan.example', false],
    ['two.one.lan.example', false],
    ['evil.example', false],
    ['localhost.evil.example', false],
    ['', false],
    ['user@localhost', false],
    ['localhost/path', false],
  ])('S6: Host %s: %s', (host, allowed) => {
    expect(policy.allowsHost(host)).toBe(allowed);
  });

  it.each([
    ['https://theta.example', 'localhost:8080', true],
    ['http://localhost:8080', 'localhost:8443', true],
    ['http://localhost:5173', 'localhost:5173', true],
    ['https://[2001:db8::7]:8443', 'localhost:8443', true],
    ['https://studio.local:8443', '192.0.2.7:8443', true],
    ['http://theta.example', 'localhost:8080', false],
    ['http://localhost:8443', 'localhost:8080', false],
    ['https://198.51.100.1:8443', '192.0.2.7:8443', false],
    ['https://evil.example', 'evil.example', false],
    ['file://', 'localhost:8080', false],
    ['null', 'localhost:8080', false],
  ])('S6: Origin %s at %s: %s', (origin, host, allowed) => {
    expect(policy.allowsOrigin(origin, host)).toBe(allowed);
  });

  it('reads a bare name out of a Host header', () => {
    expect(hostNameOf('Localhost:80')).toBe('localhost');
    expect(hostNameOf('[::1]:8443')).toBe('::1');
    expect(hostNameOf('a b')).toBeUndefined();
  });
});
