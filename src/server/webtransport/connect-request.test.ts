import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequest } from './connect-request.ts';
import type { Field } from './qpack-static-table.ts';
import { onlyRefuses, refusal } from './testing/refusals.ts';

const CONNECT: Readonly<Record<string, string>> = {
  ':method': 'CONNECT',
  ':scheme': 'https',
  ':authority': 'theta.test:8443',
  ':path': '/wt?session=7',
  ':protocol': 'webtransport',
  origin: 'https://theta.test:8443',
};

function fields(changes: Readonly<Record<string, string | undefined>> = {}): Field[] {
  return Object.entries({ ...CONNECT, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
}

describe('a request', () => {
  it('S6: for a session gives path, authority and origin', () => {
    expect(parseRequest(fields())).toEqual({
      kind: 'webtransport',
      path: '/wt?session=7',
      authority: 'theta.test:8443',
      origin: 'https://theta.test:8443',
    });
    expect(parseRequest(fields({ origin: undefined }))).toMatchObject({ origin: undefined });
  });

  it('for anything else says so', () => {
    const get = fields({ ':method': 'GET', ':protocol': undefined });
    expect(parseRequest(get)).toEqual({ kind: 'other', method: 'GET' });
    const proxy = fields({ ':protocol': 'connect-udp' });
    expect(parseRequest(proxy)).toEqual({ kind: 'other', method: 'CONNECT' });
  });

  it.each([
    [{ ':method': undefined }],
    [{ ':scheme': 'http' }],
    [{ ':authority': undefined }],
    [{ ':path': '' }],
    [{ ':path': 'relative' }],
    [{ ':path': '/a b' }],
    [{ ':path': '/\u00e9' }],
    [{ ':status': '200' }],
  ])('S5: is refused with %j', (changes) => {
    expect(() => parseRequest(fields(changes))).toThrow(refusal('request-malformed'));
  });

  it('S5: is refused with pseudo-fields doubled or late, or two origins', () => {
    const refused = refusal('request-malformed');
    const again = (name: string): Field[] => [...fields(), { name, value: CONNECT[name]! }];
    expect(() => parseRequest([...fields({ origin: undefined }), fields()[0]!])).toThrow(refused);
    expect(() => parseRequest(again(':path'))).toThrow(refused);
    expect(() => parseRequest(again('origin'))).toThrow(refused);
  });

  it.each([
    [{ 'X-Upper': 'a' }],
    [{ 'sp ace': 'a' }],
    [{ '': 'a' }],
    [{ cookie: 'a\r\nb' }],
    [{ cookie: 'a\0b' }],
    [{ cookie: ' a' }],
  ])('S5: is refused with the field %j', (changes) => {
    expect(() => parseRequest(fields(changes))).toThrow(refusal('field-invalid'));
  });

  it('S5: of any fields is understood or refused by name', () => {
    const name = fc.oneof(fc.constantFrom(...Object.keys(CONNECT)), fc.string());
    const value = fc.oneof(fc.constantFrom(...Object.values(CONNECT)), fc.string());
    fc.assert(
      fc.property(fc.array(fc.record({ name, value }), { maxLength: 10 }), (some) => {
        onlyRefuses(() => parseRequest(some));
      }),
      { numRuns: 1000 },
    );
  });
});
