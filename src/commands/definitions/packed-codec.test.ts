import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document } from '../../ecs/document/document.ts';
import { entityId } from '../../ecs/document/entity-id.ts';
import { SiteReader, SiteWriter } from '../../replication/wire/site-codec.ts';
import { newestDefinition } from '../registry.ts';
import { packedCodec } from './packed-codec.ts';
import { type TransformSetOp, transformSet, transformSet2 } from './transform-set.ts';

const document = new Document();
const sites = [1, 2, 3].map((each) => document.sites.intern(new Uint8Array(8).fill(each), each));
const own = sites[0]!;

const float = fc.float({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0);
const numbers = (size: number) => fc.array(float, { minLength: size, maxLength: size });
const id = fc
  .tuple(
    fc.nat(2),
    fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 2 ** 31 - 1 })),
  )
  .map(([site, counter]) => entityId(sites[site]!, counter));
const setOp = fc.record(
  { entity: id, position: numbers(3), rotation: numbers(4), scale: numbers(3) },
  { requiredKeys: ['entity'] },
);

function packed(ops: readonly TransformSetOp[]) {
  const writer = new SiteWriter(document.sites, own);
  const written = transformSet2.codec.encode(document, ops, writer);
  return { written, reader: new SiteReader(document.sites, writer.table()) };
}

function bytesOf(ops: readonly TransformSetOp[]): Uint8Array<ArrayBuffer> {
  const { value } = packed(ops).written as { value: { packed: Uint8Array<ArrayBuffer> } };
  return value.packed;
}

function read(bytes: Uint8Array<ArrayBuffer>, count = 1): TransformSetOp[] {
  const { reader } = packed([]);
  const ops = { type: 'TransformSet2', value: { count, packed: bytes } } as const;
  return transformSet2.codec.decode(document, ops, reader).map((each) => each());
}

describe('packed operations', () => {
  it('come back to the last bit', () => {
    fc.assert(
      fc.property(fc.array(setOp, { maxLength: 40 }), (ops) => {
        const { written, reader } = packed(ops);
        const back = transformSet2.codec.decode(document, written, reader).map((each) => each());
        expect(back).toEqual(ops);
      }),
    );
  });

  it('take thirteen bytes for the next entity at a place unlike the last, and fewer for one alike', () => {
    const at = (counter: number, position: number[]) => ({
      entity: entityId(own, counter),
      position,
    });
    const first = at(1, [Math.fround(0.1), Math.fround(-7.3), Math.fround(81.7)]);
    const unlike = at(2, [Math.fround(-3.7e9), Math.fround(1.1e-4), Math.fround(-0.3)]);
    expect(bytesOf([first, unlike])).toHaveLength(26);
    const alike = at(2, [Math.fround(0.1), Math.fround(-7.3), Math.fround(81.8)]);
    expect(bytesOf([first, alike]).length).toBeLessThan(13 + 7);
  });

  it('O6: write no negative zero, and S5: read none, nor what is not finite', () => {
    const [op] = read(bytesOf([{ entity: entityId(own, 1), position: [-0, 1, 2] }]));
    expect(Object.is(op?.position?.[0], 0)).toBe(true);
    const whole = (bits: number) => {
      const bytes = new Uint8Array(13);
      bytes[0] = 1;
      new DataView(bytes.buffer).setUint32(1, bits, true);
      return bytes;
    };
    expect(read(whole(0x3f800000))).toEqual([{ entity: entityId(own, 1), position: [1, 0, 0] }]);
    expect(() => read(whole(0x80000000))).toThrow('negative');
    expect(() => read(whole(0x7f800000))).toThrow('not finite');
    expect(() => read(whole(0x7fc00001))).toThrow('not finite');
  });

  it.each([
    ['what ends too early', [1, 0, 0], 'ends too early'],
    ['what goes on behind its end', [0, 0], 'goes on'],
    ['bits that mean nothing', [0x40], 'mean nothing'],
    ['a number in more bytes than it needs', [0x10, 0x80, 0], 'too long'],
    ['an entity of no number', [0x10, 1], 'names no entity'],
    ['marks of a number that is not there', [0x21, 0, 0x10], 'not there'],
    ['a difference of nothing', [0x21, 1, 0, 0], 'does not'],
  ])('S5: refuse %s', (_what, bytes, message) => {
    expect(() => read(Uint8Array.from(bytes))).toThrow(message);
  });

  it('S5: refuse an operation without a field that it must have', () => {
    const codec = packedCodec('TransformTranslate2', [{ name: 'offset', size: 3 }] as never);
    const ops = { type: 'TransformTranslate2', value: { count: 1, packed: Uint8Array.of(0) } };
    const { reader } = packed([]);
    expect(() => codec.decode(document, ops as never, reader)).toThrow('has no offset');
  });

  it('are what is written today, and do what version 1 does', () => {
    expect(newestDefinition('transform.set')).toBe(transformSet2);
    expect(transformSet2.apply).toBe(transformSet.apply);
  });
});
