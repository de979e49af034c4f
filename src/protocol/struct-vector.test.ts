import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from './codec.ts';
import { LAYOUT } from './generated/layout.ts';
import {
  createStructs,
  type StructName,
  sliceStructs,
  structAt,
  structOf,
  structsFrom,
  structsToArray,
} from './struct-vector.ts';
import { struct } from './testing/arbitrary.ts';

const STRUCTS = Object.keys(LAYOUT.structs) as StructName[];
const ids = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ site: i, counter: 9 - i }));

describe('struct vectors', () => {
  it.each(STRUCTS)('%s: gives back what was put in', (name) => {
    fc.assert(
      fc.property(fc.array(struct(name), { maxLength: 4 }), (values) => {
        expect(structsToArray(structsFrom(name, values as never))).toEqual(values);
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  it('decode as a view over the input, which follows it', () => {
    const vector = structsFrom('EntityId', ids(3));
    const bytes = encode('Document', {
      sites: [],
      entities: vector,
      stamps: structsFrom('Stamp', []),
      columns: [],
    });
    const { entities } = decode('Document', bytes);
    expect(entities.view.buffer).toBe(bytes.buffer);
    const { counter } = structOf('EntityId').offsets;
    entities.view.setUint32(entities.offset + entities.stride + counter, 77, true);
    expect(structAt(entities, 1)).toEqual({ site: 1, counter: 77 });
  });

  it('slice without copying', () => {
    const vector = structsFrom('EntityId', ids(5));
    const slice = sliceStructs(vector, 1, 3);
    expect(structsToArray(slice)).toEqual(ids(5).slice(1, 3));
    expect(slice.view).toBe(vector.view);
    expect(() => sliceStructs(vector, 4, 6)).toThrow(RangeError);
    expect(() => structAt(slice, 2)).toThrow(RangeError);
  });

  it('refuse values that their fields cannot hold, naming the field', () => {
    expect(() => structsFrom('EntityId', [{ site: -1, counter: 0 }])).toThrow('EntityId.site');
    expect(() => structsFrom('Vec3', [{ x: 0, y: Number.NaN, z: 0 }])).toThrow('Vec3.y');
    expect(() => structsFrom('Digest', [new Uint8Array(31)])).toThrow('Digest.bytes');
    expect(createStructs('EntityId', 2).view.byteLength).toBe(16);
  });

  it('refuse to be encoded as another struct, or with values out of range', () => {
    const vector = structsFrom('EntityId', ids(2));
    expect(() => encode('TransformSet1', { items: vector as never })).toThrow(
      'TransformSet1.items',
    );
    const items = createStructs('TransformScaleItem', 1);
    items.view.setFloat32(structOf('TransformScaleItem').offsets.factor, Number.NaN, true);
    expect(() => encode('TransformScale1', { items })).toThrow('not finite');
  });
});
