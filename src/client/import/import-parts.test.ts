import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipName } from './clip-name.ts';
import { decodeDataAddress } from './data-address.ts';
import { decomposeMatrix, normalized } from './decompose-matrix.ts';
import { DroppedFiles, extensionOf, stemOf } from './dropped-files.ts';
import { VertexCompactor } from './gltf/vertex-compactor.ts';
import { ImportRun } from './import-run.ts';

const run = new ImportRun('model.gltf');

/** The column-major matrix of a transform. */
function compose(position: number[], [x, y, z, w]: number[], scale: number[]): number[] {
  const rotation = [
    [1 - 2 * (y! * y! + z! * z!), 2 * (x! * y! + z! * w!), 2 * (x! * z! - y! * w!)],
    [2 * (x! * y! - z! * w!), 1 - 2 * (x! * x! + z! * z!), 2 * (y! * z! + x! * w!)],
    [2 * (x! * z! + y! * w!), 2 * (y! * z! - x! * w!), 1 - 2 * (x! * x! + y! * y!)],
  ];
  const columns = rotation.map((axis, i) => [...axis.map((value) => value * scale[i]!), 0]);
  return [...columns.flat(), ...position, 1];
}

describe('decomposeMatrix', () => {
  const unit = fc.double({ min: -1, max: 1, noNaN: true });
  const factor = fc.double({ min: 0.01, max: 100, noNaN: true });
  const turned = fc.tuple(unit, unit, unit, unit).filter((q) => Math.hypot(...q) > 0.01);

  it('gives a transform whose matrix is the same again (seed 21)', () => {
    const scale = fc.tuple(factor, factor, factor, fc.constantFrom(1, -1));
    fc.assert(
      fc.property(fc.tuple(unit, unit, unit), turned, scale, (position, q, [sx, sy, sz, sign]) => {
        const matrix = compose(position, normalized(q), [sx * sign, sy, sz]);
        const parts = decomposeMatrix(matrix);
        expect(parts.sheared).toBe(false);
        const again = compose([...parts.position], [...parts.rotation], [...parts.scale]);
        for (const [i, value] of matrix.entries()) expect(again[i]).toBeCloseTo(value, 6);
      }),
      { seed: 21 },
    );
  });

  it('tells of a shear', () => {
    expect(decomposeMatrix([1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]).sheared).toBe(true);
  });

  it('takes a flat matrix as not turned', () => {
    const { rotation, scale } = decomposeMatrix([0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
    expect(rotation).toEqual([0, 0, 0, 1]);
    expect(scale).toEqual([2, 0, 1]);
  });
});

describe('DroppedFiles', () => {
  const file = (name: string) => ({ name, bytes: new Uint8Array(1) });
  const files = new DroppedFiles(run, [
    file('scene/a.bin'),
    file('b/wood.png'),
    file('c/wood.png'),
  ]);

  it('finds a file by its path, and by its name where only one has it', () => {
    expect(files.get('scene/a.bin').name).toBe('scene/a.bin');
    expect(files.get('./A.BIN').name).toBe('scene/a.bin');
    expect(files.get('c/wood.png').name).toBe('c/wood.png');
    expect(files.find('wood.png')).toBeUndefined();
  });

  it('S6: never follows an address that leads elsewhere', () => {
    for (const address of [
      'https://a.b/c',
      'file:///c',
      '//a/c',
      'a/../../c',
      '..\\c',
      '%2E%2E/c',
    ]) {
      expect(() => files.find(address)).toThrow('only files that come along');
    }
  });

  it('splits names', () => {
    expect([stemOf('a/b.tar.glb'), stemOf('.glb'), stemOf('c:\\d.obj')]).toEqual([
      'b.tar',
      '.glb',
      'd',
    ]);
    expect([extensionOf('a/b.GLB'), extensionOf('a.b/c')]).toEqual(['glb', '']);
  });
});

describe('decodeDataAddress', () => {
  it('gives the bytes that went in, however many (seed 22)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const address = `data:;base64,${Buffer.from(bytes).toString('base64')}`;
        expect([...decodeDataAddress(address, run)]).toEqual([...bytes]);
      }),
      { seed: 22 },
    );
    const large = new Uint8Array(3_000_001).map((_, i) => i % 251);
    const address = `data:a/b;x=y;base64,${Buffer.from(large).toString('base64')}`;
    expect(Buffer.from(decodeDataAddress(address, run)).equals(Buffer.from(large))).toBe(true);
  });
});

describe('clipName', () => {
  it('S3: gives at most 256 bytes of well-formed text, never none (seed 23)', () => {
    const unit = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(unit, (name) => {
        const clipped = clipName(name, 'Object');
        expect(new TextEncoder().encode(clipped).length).toBeLessThanOrEqual(256);
        expect(clipped.isWellFormed()).toBe(true);
        expect(clipped.trim()).toBe(clipped);
        expect(clipped).not.toBe('');
      }),
      { seed: 23 },
    );
  });
});

describe('VertexCompactor', () => {
  it('keeps what each corner stood for, from one mesh to the next (seed 24)', () => {
    const compactor = new VertexCompactor();
    fc.assert(
      fc.property(fc.array(fc.nat(19), { maxLength: 30 }), (corners) => {
        const { sources, indices } = compactor.compact(Uint32Array.from(corners), 20);
        expect([...indices].map((index) => sources[index])).toEqual(corners);
        expect(new Set(sources).size).toBe(sources.length);
      }),
      { seed: 24 },
    );
  });
});
