import { describe, expect, it } from 'vitest';
import type { Bytes } from '../shared/bytes.ts';
import { decode, encode } from './codec.ts';
import type { Entries } from './generated/types.ts';
import { structAt, structOf, structsFrom } from './struct-vector.ts';

const bytesOf = (length: number, fill: number): Bytes => new Uint8Array(length).fill(fill);

describe('codec', () => {
  it('reads back what it wrote: unions, hot vectors, structs and texts', () => {
    const value: Entries = {
      sites: [{ author: bytesOf(8, 3), replica: 7 }],
      heads: structsFrom('EntryHead', [{ lamport: 1, transaction: 2 }]),
      runs: [
        {
          ops: {
            type: 'TransformSet1',
            value: {
              items: structsFrom('TransformSetItem', [
                {
                  entity: { site: 0, counter: 5 },
                  position: { x: 1, y: 2, z: 3 },
                  rotation: { x: 0, y: 0, z: 0, w: 1 },
                  scale: { x: 1, y: 1, z: 1 },
                  fields: 7,
                },
              ]),
            },
          },
        },
      ],
      labels: ['Move café', ''],
    };
    const read = decode('Entries', encode('Entries', value));
    expect(read.sites).toEqual(value.sites);
    expect(read.labels).toEqual(value.labels);
    expect(structAt(read.heads, 0)).toEqual({ lamport: 1, transaction: 2 });
    const ops = read.runs[0]!.ops;
    if (ops.type !== 'TransformSet1') throw new Error(ops.type);
    expect(structAt(ops.value.items, 0).position).toEqual({ x: 1, y: 2, z: 3 });
  });

  it('leaves out what is absent and gives scalars their default', () => {
    const read = decode('Presence', encode('Presence', { peer: 0, tick: 9, fov: 0 }));
    expect(read).toEqual({ peer: 0, tick: 9, fov: 0 });
    expect(Object.keys(read)).not.toContain('cursor');
  });

  it('takes plain arrays for typed ones', () => {
    const read = decode(
      'Column',
      encode('Column', {
        component: { low: 1, high: 2 },
        rows: [1, 2],
        stamps: new Uint32Array([0, 0xffffffff]),
        doubles: [2 ** 53 - 1],
        floats: [0.5],
      }),
    );
    expect(read.rows).toEqual(Uint32Array.of(1, 2));
    expect(read.stamps).toEqual(Uint32Array.of(0, 0xffffffff));
    expect(read.doubles).toEqual(Float64Array.of(2 ** 53 - 1));
    expect(read.floats).toEqual(Float32Array.of(0.5));
  });

  it('refuses to encode numbers that their field cannot hold', () => {
    expect(() => encode('Expected', { nonce: 2 ** 53 })).toThrow('Expected.nonce');
    expect(() => encode('Presence', { peer: -1, tick: 0, fov: 0 })).toThrow('Presence.peer');
    expect(() => encode('Presence', { peer: 0, tick: 0, fov: 1e39 })).toThrow('Presence.fov');
  });

  it('S5: refuses an unknown member of a union by its name', () => {
    const bytes = encode('ClientMessage', { payload: { type: 'Ping', value: { id: 1 } } });
    const at = bytes.indexOf(6);
    bytes[at] = 99;
    expect(() => decode('ClientMessage', bytes)).toThrow(/ClientPayload has no member 99/);
  });

  it('says where the fields of a struct lie', () => {
    expect(structOf('TransformSetItem')).toEqual({
      size: 52,
      align: 4,
      offsets: { entity: 0, position: 8, rotation: 20, scale: 36, fields: 48 },
    });
  });
});
