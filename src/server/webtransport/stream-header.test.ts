import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../shared/bytes.ts';
import { readStreamHeader } from './stream-header.ts';
import { onlyRefuses, refusal } from './testing/refusals.ts';

const bytes = (hex: string) => fromHex(hex)!;

describe('the first bytes of a stream', () => {
  it('tell a session, a request, and the kinds of control', () => {
    const session = { kind: 'webtransport', sessionId: 4, next: 3 };
    expect(readStreamHeader('bidi', bytes('404104ff'))).toEqual(session);
    expect(readStreamHeader('uni', bytes('405404'))).toEqual(session);
    expect(readStreamHeader('bidi', bytes('0103'))).toEqual({ kind: 'request', next: 0 });
    expect(readStreamHeader('uni', bytes('00'))).toEqual({ kind: 'control', next: 1 });
    expect(readStreamHeader('uni', bytes('02'))).toEqual({ kind: 'qpack-encoder', next: 1 });
    expect(readStreamHeader('uni', bytes('03'))).toEqual({ kind: 'qpack-decoder', next: 1 });
    expect(readStreamHeader('uni', bytes('4abc'))).toEqual({ kind: 'unknown', next: 2 });
  });

  it('ask for more while they are cut', () => {
    for (const hex of ['', '40', '4041', '404180', '404180000'.padEnd(10, '0')])
      expect(readStreamHeader('bidi', bytes(hex)), hex).toBeUndefined();
  });

  it('S5: are refused for an id that no session has, and for a push', () => {
    for (const id of ['01', '02', '03', 'ffffffffffffffff'])
      expect(() => readStreamHeader('bidi', bytes(`4041${id}`))).toThrow(
        refusal('session-id-invalid'),
      );
    expect(() => readStreamHeader('uni', bytes('0100'))).toThrow(refusal('stream-unexpected'));
  });

  it('S5: of any kind are read within sixteen bytes or refused by name', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.constantFrom('bidi' as const, 'uni' as const),
        (noise, direction) => {
          onlyRefuses(() => expect(readStreamHeader(direction, noise)).toBeDefined());
        },
      ),
      { numRuns: 1000 },
    );
  });
});
