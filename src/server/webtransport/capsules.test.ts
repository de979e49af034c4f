import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../../shared/bytes.ts';
import type { Farewell } from '../../transport/framing.ts';
import { encodeVarint } from '../../transport/varint.ts';
import { CAPSULE, capsuleDecoder, encodeCloseCapsule } from './capsules.ts';
import { WEBTRANSPORT_LIMITS } from './limits.ts';
import { onlyRefuses, pieces, refusal } from './testing/refusals.ts';

function decoder() {
  const closes: Farewell[] = [];
  let drains = 0;
  const sink = {
    onClose: (farewell: Farewell) => closes.push(farewell),
    onDrain: () => {
      drains++;
    },
  };
  const limits = { ...WEBTRANSPORT_LIMITS, maxSkippedBytes: 300 };
  return { decoder: capsuleDecoder(sink, limits), closes, drains: () => drains };
}

const capsule = (type: number, value: Uint8Array): Uint8Array =>
  concatBytes(encodeVarint(type), encodeVarint(value.length), value);

describe('capsules', () => {
  it('T4: bring code and reason, after unknown ones, however they are split', () => {
    const farewell = { code: 0xffff_fffe, reason: 'до встречи' };
    const stream = concatBytes(
      capsule(0x1234, new Uint8Array(20)),
      capsule(CAPSULE.drainSession, new Uint8Array(0)),
      encodeCloseCapsule(farewell),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 20 }), (cuts) => {
        const { decoder: target, closes, drains } = decoder();
        for (const piece of pieces(stream, cuts)) target.push(piece);
        target.finish();
        expect(closes).toEqual([farewell]);
        expect(drains()).toBe(1);
      }),
    );
  });

  it('T4: hold at most 1024 bytes of reason', () => {
    const { decoder: target, closes } = decoder();
    target.push(encodeCloseCapsule({ code: 1, reason: 'x'.repeat(5000) }));
    expect(closes[0]!.reason).toBe('x'.repeat(1024));
  });

  it('S3: are refused over their size by their head alone (CVE-2026-21434)', () => {
    const head = concatBytes(encodeVarint(CAPSULE.closeSession), encodeVarint(4 + 1025));
    expect(() => decoder().decoder.push(head)).toThrow(refusal('capsule-too-large'));
    const endless = concatBytes(encodeVarint(CAPSULE.closeSession), encodeVarint(2 ** 52));
    expect(() => decoder().decoder.push(endless)).toThrow(refusal('capsule-too-large'));
    const drain = concatBytes(encodeVarint(CAPSULE.drainSession), encodeVarint(1));
    expect(() => decoder().decoder.push(drain)).toThrow(refusal('capsule-too-large'));
  });

  it('S5: are refused without a code, with a broken reason, and after the close', () => {
    const closing = (value: Uint8Array): Uint8Array => capsule(CAPSULE.closeSession, value);
    expect(() => decoder().decoder.push(closing(new Uint8Array(3)))).toThrow(
      refusal('capsule-malformed'),
    );
    expect(() => decoder().decoder.push(closing(Uint8Array.of(0, 0, 0, 0, 0xff)))).toThrow(
      refusal('capsule-malformed'),
    );
    const twice = concatBytes(closing(new Uint8Array(4)), capsule(0x99, new Uint8Array(0)));
    expect(() => decoder().decoder.push(twice)).toThrow(refusal('capsule-after-close'));
  });

  it('S5: any bytes give capsules or a named refusal', () => {
    const mutant = fc
      .tuple(fc.string({ maxLength: 60 }), fc.nat(), fc.nat(255))
      .map(([reason, at, byte]) => {
        const bytes = encodeCloseCapsule({ code: 7, reason });
        bytes[at % bytes.length] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(mutant, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        const { decoder: target } = decoder();
        onlyRefuses(() => {
          target.push(bytes);
          target.finish();
        });
      }),
      { numRuns: 1000 },
    );
  });
});
