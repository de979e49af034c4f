import { describe, expect, it } from 'vitest';
import { recordMessages } from '../../scripts/dictionary/record-messages.ts';
import { seededRandom } from '../shared/random.ts';
import { loadCompressor } from './compression.ts';
import { MAX_CLIENT_MESSAGE_BYTES } from './limits.ts';
import { LEAST_COMPRESSED_BYTES, loadMessageCodec } from './message-compression.ts';
import { isZstd } from './zstd-frame.ts';

const codec = await loadMessageCodec();
/** Of a session that the dictionary was not trained on. */
const messages = await recordMessages(77);
const SAMPLE = messages.find(({ length }) => length > 1000)!;

describe('compressed messages', () => {
  it('are half of what they were, and come back byte for byte', () => {
    let plain = 0;
    let line = 0;
    for (const message of messages) {
      const sent = codec.deflate(message);
      plain += message.length;
      line += sent.length;
      expect(isZstd(sent) ? codec.inflate(sent, MAX_CLIENT_MESSAGE_BYTES) : sent).toEqual(message);
    }
    expect(plain / line).toBeGreaterThan(2);
  });

  it('are told from others by how they begin', () => {
    for (const message of messages) expect(isZstd(message)).toBe(false);
    expect(isZstd(codec.deflate(SAMPLE))).toBe(true);
  });

  it('are left as they are where that is shorter', () => {
    const small = SAMPLE.slice(0, LEAST_COMPRESSED_BYTES - 1);
    expect(codec.deflate(small)).toBe(small);
    const random = seededRandom(3);
    const noise = Uint8Array.from({ length: 1000 }, () => random.below(256));
    expect(codec.deflate(noise)).toBe(noise);
  });

  it('are compressed once for all who get them', () => {
    expect(codec.deflate(SAMPLE)).toBe(codec.deflate(SAMPLE));
  });

  it('are counted', async () => {
    const own = await loadMessageCodec();
    const sent = own.deflate(SAMPLE);
    own.inflate(sent, SAMPLE.length);
    expect(own.counts).toMatchObject({ plain: 2 * SAMPLE.length, compressed: 2 * sent.length });
  });

  it('S3: larger than allowed are refused before memory is taken for them', async () => {
    const sent = codec.deflate(SAMPLE);
    expect(() => codec.inflate(sent, SAMPLE.length - 1)).toThrow('are the most');
    const bomb = codec.deflate(new Uint8Array(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(10_000);
    expect(() => codec.inflate(bomb, MAX_CLIENT_MESSAGE_BYTES)).toThrow('are the most');
  });

  it('S5: with another dictionary, or none, are refused', async () => {
    const plain = (await loadCompressor())(SAMPLE);
    expect(() => codec.inflate(plain, SAMPLE.length)).toThrow('another dictionary');
    const sent = codec.deflate(SAMPLE).slice();
    const idAt = (sent[4]! & 0x20) !== 0 ? 5 : 6;
    expect(sent[idAt]).toBe(1);
    sent[idAt] = 2;
    expect(() => codec.inflate(sent, SAMPLE.length)).toThrow('another dictionary');
    await expect(loadMessageCodec(99)).rejects.toThrow('no dictionary 99');
  });

  it('S5: that are damaged are refused by name, or inflate to the size they say (seed 5)', () => {
    const random = seededRandom(5);
    const sent = codec.deflate(SAMPLE);
    let refused = 0;
    for (let i = 0; i < 2000; i++) {
      const damaged = sent.slice(0, random.next() < 0.1 ? random.below(sent.length) : sent.length);
      for (let k = 0; k < 3; k++) damaged[random.below(damaged.length)] = random.below(256);
      try {
        codec.inflate(damaged, MAX_CLIENT_MESSAGE_BYTES);
      } catch (thrown) {
        expect(thrown).toMatchObject({
          code: expect.stringMatching(/^(not_zstd|unsupported_frame|too_large|corrupt)$/),
        });
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(500);
    expect(codec.inflate(sent, SAMPLE.length)).toEqual(SAMPLE);
  });
});
