import { describe, expect, it } from 'vitest';
import { OriginPolicy } from './http/origins.ts';
import { refusalOf } from './transport-guard.ts';

const origins = new OriginPolicy({
  ports: () => ({ httpPort: 8080, httpsPort: 8443 }),
  publicOrigin: undefined,
  names: () => [],
  addresses: () => ['192.0.2.7'],
});

describe('refusalOf', () => {
  it.each([
    ['/wt', 'http://localhost:8080', 'localhost:8443', undefined],
    ['/wt?session=x', 'https://192.0.2.7:8443', '192.0.2.7:8443', undefined],
    ['/wt', undefined, '127.0.0.1:8443', undefined],
    ['/', 'http://localhost:8080', 'localhost:8443', 'path'],
    ['/wt/more', 'http://localhost:8080', 'localhost:8443', 'path'],
    ['/wt', 'https://evil.example', 'localhost:8443', 'origin'],
    ['/wt', 'http://localhost:3000', 'localhost:8443', 'origin'],
    ['/wt', 'null', 'localhost:8443', 'origin'],
    ['/wt', 'https://evil.example:8443', 'evil.example:8443', 'host'],
    ['/wt', undefined, 'evil.example', 'host'],
  ])('S6: %s from %s at %s: %s', (path, origin, authority, refusal) => {
    const request = { path, origin, authority, remoteAddress: '192.0.2.9' };
    expect(refusalOf(request, { wantedPath: '/wt', isOn: true, origins })).toBe(refusal);
  });

  it('T2: refuses a rung that the operator has switched off', () => {
    const request = { path: '/wt', origin: 'http://localhost:8080', authority: 'localhost:8443' };
    expect(refusalOf(request, { wantedPath: '/wt', isOn: false, origins })).toBe('off');
  });
});
