import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bytes, concatBytes } from '../shared/bytes.ts';
import { ThetaError } from '../shared/errors.ts';
import {
  encodeFarewell,
  encodeMessage,
  type Farewell,
  FrameDecoder,
  MAX_REASON_BYTES,
  truncateReason,
} from './framing.ts';

const CAP = 300;

function decoder(): { decoder: FrameDecoder; messages: Bytes[]; farewells: Farewell[] } {
  const messages: Bytes[] = [];
  const farewells: Farewell[] = [];
  const sink = {
    onMessage: (message: Bytes) => messages.push(message),
    onFarewell: (farewell: Farewell) => farewells.push(farewell),
  };
  return { decoder: new FrameDecoder(CAP, sink), messages, farewells };
}

function pushSplit(target: FrameDecoder, stream: Uint8Array, cuts: readonly number[]): void {
  const ends = [...new Set(cuts.map((cut) => cut % (stream.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const end of [...ends, stream.length]) {
    target.push(stream.slice(from, end));
    from = end;
  }
}

const message = fc.uint8Array({ maxLength: CAP });

describe('T1: framing', () => {
  it('T1: gives back the same messages however the stream is split', () => {
    const cuts = fc.array(fc.nat(), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(message), cuts, (sent, splits) => {
        const { decoder: target, messages } = decoder();
        pushSplit(target, concatBytes(...sent.map(encodeMessage)), splits);
        target.finish();
        expect(messages.map((m) => [...m])).toEqual(sent.map((m) => [...m]));
      }),
    );
  });

  it('T1: decodes byte by byte', () => {
    const { decoder: target, messages, farewells } = decoder();
    const farewell = { code: 0xffff_ffff, reason: 'bis später' };
    const stream = concatBytes(
      encodeMessage(new Uint8Array(200).fill(7)),
      encodeFarewell(farewell),
    );
    for (const byte of stream) target.push(Uint8Array.of(byte));
    target.finish();
    expect(messages).toEqual([new Uint8Array(200).fill(7)]);
    expect(farewells).toEqual([farewell]);
  });

  it('T1: hands on copies', () => {
    const { decoder: target, messages } = decoder();
    const frame = encodeMessage(Uint8Array.of(1, 2, 3));
    target.push(frame);
    frame.fill(0);
    expect(messages).toEqual([Uint8Array.of(1, 2, 3)]);
  });

  it('S3: refuses a message over the cap by its header alone', () => {
    const { decoder: target } = decoder();
    const header = encodeMessage(new Uint8Array(CAP + 1)).subarray(0, 2);
    expect(() => target.push(header)).toThrow(expect.objectContaining({ code: 'frame-too-large' }));
  });

  it('S3: refuses an eight-byte header at its first byte', () => {
    const { decoder: target } = decoder();
    expect(() => target.push(Uint8Array.of(0xff))).toThrow(
      expect.objectContaining({ code: 'frame-too-large' }),
    );
  });

  it('S5: refuses bytes after a farewell, a farewell without a code, and a cut frame', () => {
    const farewell = encodeFarewell({ code: 0, reason: '' });
    const late = decoder().decoder;
    expect(() => late.push(concatBytes(farewell, Uint8Array.of(0)))).toThrow(
      expect.objectContaining({ code: 'frame-after-farewell' }),
    );
    const short = decoder().decoder;
    expect(() => short.push(Uint8Array.of(2 * 3 + 1, 0, 0, 0))).toThrow(
      expect.objectContaining({ code: 'farewell-malformed' }),
    );
    const cut = decoder().decoder;
    cut.push(farewell.subarray(0, 3));
    expect(() => cut.finish()).toThrow(expect.objectContaining({ code: 'frame-truncated' }));
  });

  it('S5: any bytes at all give messages within the cap or a named refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (noise) => {
        const { decoder: target, messages } = decoder();
        try {
          target.push(noise);
        } catch (error) {
          expect(error).toBeInstanceOf(ThetaError);
        }
        for (const each of messages) expect(each.length).toBeLessThanOrEqual(CAP);
      }),
    );
  });

  it('cuts a long reason at a character, within its limit in bytes', () => {
    const reason = 'ä'.repeat(MAX_REASON_BYTES);
    expect(truncateReason(`x${reason}`)).toBe(`x${'ä'.repeat(MAX_REASON_BYTES / 2 - 1)}`);
    expect(truncateReason('short')).toBe('short');
  });
});
