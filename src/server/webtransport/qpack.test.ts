import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../shared/bytes.ts';
import { WEBTRANSPORT_LIMITS } from './limits.ts';
import { decodeFields, encodeFields, encodeInteger } from './qpack.ts';
import { STATIC_TABLE } from './qpack-static-table.ts';
import { onlyRefuses, refusal } from './testing/refusals.ts';

const LIMITS = { ...WEBTRANSPORT_LIMITS, maxFieldSectionBytes: 2000, maxFields: 20 };
const PREFIX = Uint8Array.of(0, 0);

const token = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz-0189'),
  minLength: 1,
});
const field = fc.oneof(
  fc.constantFrom(...STATIC_TABLE),
  fc.record({ name: token, value: fc.string({ unit: 'grapheme-ascii' }) }),
  fc.record({
    name: fc.constantFrom(...STATIC_TABLE.map((entry) => entry.name)),
    value: fc.string({ unit: 'grapheme-ascii' }),
  }),
);

describe('QPACK', () => {
  it('has the 99 fields of RFC 9204 in their places', () => {
    expect(STATIC_TABLE).toHaveLength(99);
    const at = (index: number): string =>
      `${STATIC_TABLE[index]!.name}=${STATIC_TABLE[index]!.value}`;
    expect([0, 1, 15, 23, 25, 27, 68, 71, 90, 98].map(at)).toEqual([
      ':authority=',
      ':path=/',
      ':method=CONNECT',
      ':scheme=https',
      ':status=200',
      ':status=404',
      ':status=403',
      ':status=500',
      'origin=',
      'x-frame-options=sameorigin',
    ]);
  });

  it('agrees with RFC 9204, appendix B.1: a literal with a name reference', () => {
    const section = fromHex('0000510b2f696e6465782e68746d6c')!;
    expect(decodeFields(section, LIMITS)).toEqual([{ name: ':path', value: '/index.html' }]);
  });

  it('agrees with RFC 7541, appendix C.1, on integers', () => {
    expect(toHex(encodeInteger(10, 5, 0))).toBe('0a');
    expect(toHex(encodeInteger(1337, 5, 0))).toBe('1f9a0a');
    expect(toHex(encodeInteger(42, 8, 0))).toBe('2a');
  });

  it('writes a status that the table has in one byte', () => {
    expect(toHex(encodeFields([{ name: ':status', value: '200' }]))).toBe('0000d9');
  });

  it('brings any fields back', () => {
    fc.assert(
      fc.property(fc.array(field, { maxLength: 10 }), (fields) => {
        const limits = { ...LIMITS, maxFieldSectionBytes: 100_000 };
        expect(decodeFields(encodeFields(fields), limits)).toEqual(fields);
      }),
    );
  });

  it('S5: refuses every reference to a dynamic table', () => {
    const refused = refusal('qpack-dynamic');
    for (const hex of ['0200', '000080', '000040', '000010', '000000'])
      expect(() => decodeFields(fromHex(hex)!, LIMITS), hex).toThrow(refused);
  });

  it('S5: refuses a static index beyond the table, and integers without end', () => {
    const beyond = concatBytes(PREFIX, encodeInteger(99, 6, 0xc0));
    expect(() => decodeFields(beyond, LIMITS)).toThrow(refusal('qpack-index'));
    const endless = concatBytes(PREFIX, Uint8Array.of(0xff), new Uint8Array(40).fill(0x80));
    expect(() => decodeFields(endless, LIMITS)).toThrow(refusal('qpack-integer'));
    const huge = concatBytes(PREFIX, fromHex('27ffffffffffffff7f')!);
    expect(() => decodeFields(huge, LIMITS)).toThrow(refusal('qpack-integer'));
  });

  it('S3: refuses more fields, or more bytes of them, than its limits', () => {
    const many = Array.from({ length: 21 }, () => STATIC_TABLE[1]!);
    expect(() => decodeFields(encodeFields(many), LIMITS)).toThrow(refusal('fields-too-many'));
    const long = [{ name: 'cookie', value: '#'.repeat(2000) }];
    expect(() => decodeFields(encodeFields(long), LIMITS)).toThrow(refusal('fields-too-large'));
  });

  it('S5: refuses a section cut anywhere inside a field', () => {
    const section = encodeFields([{ name: 'sec-theta', value: 'some value of it' }]);
    for (let length = 3; length < section.length; length++)
      expect(() => decodeFields(section.subarray(0, length), LIMITS)).toThrow(
        refusal('qpack-truncated'),
      );
  });

  it('S5: gives fields within the limits or a named refusal, for noise and for mutants', () => {
    const mutant = fc
      .tuple(fc.array(field, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(255))
      .map(([fields, at, byte]) => {
        const section = encodeFields(fields);
        section[at % section.length] = byte;
        return section;
      });
    const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => concatBytes(PREFIX, bytes));
    fc.assert(
      fc.property(fc.oneof(noise, mutant), (section) => {
        onlyRefuses(() => expect(decodeFields(section, LIMITS).length).toBeLessThanOrEqual(20));
      }),
      { numRuns: 2000 },
    );
  });
});
