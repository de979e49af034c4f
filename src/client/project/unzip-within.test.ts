import { constants, deflateRawSync } from 'node:zlib';
import { deflateSync, strFromU8, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { concatBytes, equalBytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { crc32 } from './crc32.ts';
import { unzipWithin } from './unzip-within.ts';

const MEBIBYTE = 1 << 20;
const BOUNDS = { each: MEBIBYTE, total: 2 * MEBIBYTE };
const ALL = () => true;

interface Planted {
  readonly name: string;
  readonly method?: number;
  readonly content: Uint8Array;
  readonly crc?: number;
  /** What the archive says of its unpacked size. */
  readonly stated: number;
  /** Where its header is said to be; its own place without it. */
  readonly at?: number;
  /** What the archive says of its packed size; the truth without it. */
  readonly packed?: number;
}

const TEXT = strToU8('hello');
const DEFLATED = deflateSync(TEXT);

function stored(name: string): Planted {
  return { name, method: 0, content: TEXT, crc: crc32(TEXT), stated: TEXT.length };
}

function deflated(name: string): Planted {
  return { name, content: DEFLATED, crc: crc32(TEXT), stated: TEXT.length };
}

/** An archive that says of itself what the test wants. */
function plantedZip(...planted: Planted[]) {
  const parts: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let at = 0;
  for (const { name, method = 8, content, crc = 0, stated, ...said } of planted) {
    const label = strToU8(name);
    const common = [method, 0, crc, said.packed ?? content.length, stated];
    const before = record([
      [4, 0x04034b50],
      [2, 20],
      [2, 0x800],
      ...sized(common),
      [2, label.length],
      [2, 0],
    ]);
    parts.push(before, label, content);
    list.push(
      record([
        [4, 0x02014b50],
        [2, 20],
        [2, 20],
        [2, 0x800],
        ...sized(common),
        [2, label.length],
        ...[2, 2, 2, 2].map((size): [number, number] => [size, 0]),
        [4, 0],
        [4, said.at ?? at],
      ]),
      label,
    );
    at += before.length + label.length + content.length;
  }
  const directory = concatBytes(...list);
  const end: [number, number][] = [
    [4, 0x06054b50],
    [4, 0],
    [2, planted.length],
    [2, planted.length],
    [4, directory.length],
    [4, at],
    [2, 0],
  ];
  return concatBytes(...parts, directory, record(end));
}

function sized([method = 0, time = 0, crc = 0, packed = 0, stated = 0]: number[]): [
  number,
  number,
][] {
  return [
    [2, method],
    [4, time],
    [4, crc],
    [4, packed],
    [4, stated],
  ];
}

/** Little-endian numbers of so many bytes. */
function record(fields: readonly (readonly [size: number, value: number])[]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([size, value]) =>
      Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) & 0xff),
    ),
  );
}

function failureOf(archive: Uint8Array<ArrayBuffer>, bounds = BOUNDS): ThetaError {
  try {
    unzipWithin(archive, ALL, bounds);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ThetaError);
    return thrown as ThetaError;
  }
  return expect.unreachable();
}

describe('unzipWithin', () => {
  it('reads what is stored and what is deflated, and only what is asked for', () => {
    // Over several steps of what is fed to the inflation.
    const text = strToU8(Array.from({ length: 20_000 }, (_, i) => `${i * i} `).join(''));
    expect(deflateSync(text).length).toBeGreaterThan(32 << 10);
    const archive = new Uint8Array(
      zipSync({ packed: text, plain: [text, { level: 0 }], größe: strToU8(''), other: text }),
    );
    const files = unzipWithin(archive, (name) => name !== 'other', BOUNDS);
    expect([...files.keys()]).toEqual(['packed', 'plain', 'größe']);
    for (const name of ['packed', 'plain']) expect(equalBytes(files.get(name)!, text)).toBe(true);
    expect(files.get('größe')).toHaveLength(0);
  });

  it('reads an archive with a comment behind it', () => {
    const archive = zipSync({ a: strToU8('A') }, { comment: 'PK\x05\x06' } as object);
    const commented = concatBytes(archive.subarray(0, -2), record([[2, 5]]), strToU8('hello'));
    expect(strFromU8(unzipWithin(commented, ALL, BOUNDS).get('a')!)).toBe('A');
  });

  it('gives a bomb up that says it is small', () => {
    // A block that ends at a byte may come again: no machine of ours could hold what this becomes.
    const block = deflateRawSync(new Uint8Array(MEBIBYTE), { finishFlush: constants.Z_SYNC_FLUSH });
    const blocks = 1 << 14;
    const content = concatBytes(...Array.from({ length: blocks }, () => block));
    expect(content.length, 'packed').toBeLessThan(20 * MEBIBYTE);
    for (const stated of [10, MEBIBYTE]) {
      const archive = plantedZip({ name: 'bomb', content, stated });
      const failure = failureOf(archive);
      expect(failure).toMatchObject({
        code: 'too_large',
        message: 'has more in bomb than it says',
      });
    }
  });

  it('refuses what says that it is huge before it unpacks anything', () => {
    // Whoever tried to would find it damaged.
    const content = strToU8('no deflated content');
    for (const stated of [MEBIBYTE + 1, 0x7fffffff, 0xffffffff]) {
      const archive = plantedZip({ name: 'huge', content, stated });
      expect(failureOf(archive)).toMatchObject({
        code: 'too_large',
        message: 'would be too large when unpacked',
      });
    }
    const many = ['a', 'b', 'c'].map((name) => ({ name, content, stated: MEBIBYTE }));
    expect(failureOf(plantedZip(...many)).code, 'together').toBe('too_large');
  });

  it('does not unpack the same bytes again and again under many names', () => {
    const content = new Uint8Array(64 << 10);
    const first = { name: '0', method: 0, content, crc: crc32(content), stated: content.length };
    const again = { ...first, content: new Uint8Array(), at: 0, packed: content.length };
    const others = Array.from({ length: 20 }, (_, i) => ({ ...again, name: `${i + 1}` }));
    expect(unzipWithin(plantedZip(first), ALL, BOUNDS).size).toBe(1);
    expect(failureOf(plantedZip(first, ...others)).message).toBe('has a broken list of its files');
  });

  it.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['one name twice', plantedZip(stored('a'), stored('a')), 'has two files called a'],
    [
      'stored bytes that are not as many as it says',
      plantedZip({ ...stored('a'), stated: 2 }),
      'has a damaged a',
    ],
    ['another checksum', plantedZip({ ...stored('a'), crc: 1 }), 'has a damaged a'],
    ['fewer bytes than it says', plantedZip({ ...deflated('a'), stated: 6 }), 'has a damaged a'],
    [
      'a cut off stream',
      plantedZip({ ...deflated('a'), content: DEFLATED.subarray(0, -2) }),
      'has a damaged a',
    ],
    [
      'another method',
      plantedZip({ ...stored('a'), method: 9 }),
      'has a packed in a way that cannot be read',
    ],
    ['a place outside', plantedZip({ ...stored('a'), at: 0xfffffff0 }), 'has no a where it says'],
    ['a place within', plantedZip({ ...stored('a'), at: 3 }), 'has no a where it says'],
    ['no list', plantedZip().fill(7, 10, 20), 'has a broken list of its files'],
  ])('refuses %s', (_, archive, words) => {
    expect(failureOf(archive)).toMatchObject({ code: 'malformed', message: words });
  });
});
