import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, toHex } from '../../shared/bytes.ts';
import { encodeVarint } from '../../transport/varint.ts';
import { controlDecoder, encodeFrame, encodeGoaway, FRAME, requestDecoder } from './h3-frames.ts';
import { WEBTRANSPORT_LIMITS } from './limits.ts';
import { onlyRefuses, pieces, refusal } from './testing/refusals.ts';

const LIMITS = {
  ...WEBTRANSPORT_LIMITS,
  maxHeaderBlockBytes: 200,
  maxControlFrameBytes: 100,
  maxSkippedBytes: 300,
};
const GREASE = 0x21 + 0x1f * 1000;
const HEADERS = encodeFrame(FRAME.headers, Uint8Array.of(1, 2, 3));
const SETTINGS = encodeFrame(FRAME.settings, new Uint8Array(0));

function request() {
  const seen: string[] = [];
  let data: Bytes = new Uint8Array(0);
  const decoder = requestDecoder(
    {
      onHeaders: (block) => seen.push(`headers ${toHex(block)}`),
      onData: (part) => {
        data = concatBytes(data, part);
      },
    },
    LIMITS,
  );
  return { decoder, seen, data: () => data };
}

function control() {
  const seen: string[] = [];
  const sink = {
    onSettings: (payload: Bytes) => seen.push(`settings ${toHex(payload)}`),
    onGoaway: () => seen.push('goaway'),
  };
  return { decoder: controlDecoder(sink, LIMITS), seen };
}

describe('HTTP/3 frames of a request', () => {
  it('come out the same however the stream is split, unknown ones skipped', () => {
    const body = Uint8Array.from({ length: 120 }, (_, i) => i);
    const stream = concatBytes(
      encodeFrame(GREASE, new Uint8Array(5)),
      HEADERS,
      encodeFrame(FRAME.data, body.subarray(0, 50)),
      encodeFrame(GREASE, new Uint8Array(0)),
      encodeFrame(FRAME.data, body.subarray(50)),
      encodeFrame(FRAME.headers, Uint8Array.of(9)),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), (cuts) => {
        const { decoder, seen, data } = request();
        for (const piece of pieces(stream, cuts)) decoder.push(piece);
        decoder.finish();
        expect(seen).toEqual(['headers 010203']);
        expect(data()).toEqual(body);
      }),
    );
  });

  it('S5: are refused out of place', () => {
    const refused = refusal('frame-unexpected');
    const data = encodeFrame(FRAME.data, Uint8Array.of(1));
    expect(() => request().decoder.push(data)).toThrow(refused);
    for (const type of [0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0d])
      expect(() => request().decoder.push(encodeFrame(type, Uint8Array.of(0)))).toThrow(refused);
  });

  it('S3: are refused over their size by their head alone', () => {
    const head = concatBytes(encodeVarint(FRAME.headers), encodeVarint(201));
    expect(() => request().decoder.push(head)).toThrow(refusal('frame-too-large'));
  });

  it('S3: may not mean nothing for ever', () => {
    const { decoder } = request();
    const empty = encodeFrame(GREASE, new Uint8Array(0));
    expect(() => {
      for (let i = 0; i < 1000; i++) decoder.push(empty);
    }).toThrow(refusal('too-much-skipped'));
    const endless = concatBytes(encodeVarint(GREASE), encodeVarint(2 ** 50), new Uint8Array(400));
    expect(() => request().decoder.push(endless)).toThrow(refusal('too-much-skipped'));
  });

  it('S5: are refused when the stream ends inside one', () => {
    for (let length = 1; length < HEADERS.length; length++) {
      const { decoder } = request();
      decoder.push(HEADERS.subarray(0, length));
      expect(() => decoder.finish()).toThrow(refusal('record-truncated'));
    }
  });

  it('S5: any bytes give frames or a named refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.boolean(), (noise, afterHeaders) => {
        const { decoder } = request();
        if (afterHeaders) decoder.push(HEADERS);
        onlyRefuses(() => {
          decoder.push(noise);
          decoder.finish();
        });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('HTTP/3 frames of a control stream', () => {
  it('start with SETTINGS; GOAWAY is told, the rest skipped', () => {
    const { decoder, seen } = control();
    decoder.push(
      concatBytes(
        encodeFrame(FRAME.settings, Uint8Array.of(7)),
        encodeFrame(0x0d, Uint8Array.of(1)),
        encodeFrame(GREASE, new Uint8Array(9)),
        encodeGoaway(16),
      ),
    );
    expect(seen).toEqual(['settings 07', 'goaway']);
  });

  it('S5: are refused without SETTINGS first, or with them twice', () => {
    expect(() => control().decoder.push(encodeGoaway(0))).toThrow(refusal('settings-missing'));
    expect(() => control().decoder.push(concatBytes(SETTINGS, SETTINGS))).toThrow(
      refusal('frame-unexpected'),
    );
  });

  it('S5: are refused where they belong to requests, or are no whole GOAWAY', () => {
    for (const type of [FRAME.data, FRAME.headers, 0x02, 0x05, 0x09]) {
      const stream = concatBytes(SETTINGS, encodeFrame(type, Uint8Array.of(0)));
      expect(() => control().decoder.push(stream)).toThrow(refusal('frame-unexpected'));
    }
    const long = concatBytes(SETTINGS, encodeFrame(FRAME.goaway, Uint8Array.of(0, 0)));
    expect(() => control().decoder.push(long)).toThrow(refusal('frame-malformed'));
    const short = concatBytes(SETTINGS, encodeFrame(FRAME.goaway, new Uint8Array(0)));
    expect(() => control().decoder.push(short)).toThrow(refusal('frame-malformed'));
  });

  it('S3: are refused over their size', () => {
    const huge = encodeFrame(FRAME.settings, new Uint8Array(101));
    expect(() => control().decoder.push(huge)).toThrow(refusal('frame-too-large'));
  });

  it('S5: any bytes give frames or a named refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.boolean(), (noise, afterSettings) => {
        const { decoder } = control();
        if (afterSettings) decoder.push(SETTINGS);
        onlyRefuses(() => decoder.push(noise));
      }),
      { numRuns: 1000 },
    );
  });
});
