import { describe, expect, it } from 'vitest';
import { checkGeometry, GEOMETRY_LIMITS, type GeometryPart } from './geometry-asset.ts';

const TRIANGLE = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]);

const part = (changes: Partial<GeometryPart> = {}): GeometryPart => ({
  name: 'Leg',
  positions: TRIANGLE,
  ...changes,
});

const check = (...submeshes: GeometryPart[]) => checkGeometry({ submeshes });

describe('checkGeometry', () => {
  it('takes triangles with and without indices and attributes', () => {
    check(part(), part({ indices: Uint32Array.of(2, 1, 0) }));
    check(
      part({
        normals: new Float32Array(9),
        tangents: new Float32Array(12),
        uvs: new Float32Array(6),
        colors: new Float32Array(12),
      }),
    );
  });

  it.each([
    ['no positions', part({ positions: new Float32Array() }), 'length_mismatch'],
    ['half a vertex', part({ positions: new Float32Array(10) }), 'length_mismatch'],
    ['too few normals', part({ normals: new Float32Array(6) }), 'length_mismatch'],
    ['too many UVs', part({ uvs: new Float32Array(8) }), 'length_mismatch'],
    ['a NaN', part({ positions: new Float32Array(9).fill(Number.NaN) }), 'not_finite'],
    ['an infinite colour', part({ colors: new Float32Array(12).fill(Infinity) }), 'not_finite'],
    ['two vertices', part({ positions: new Float32Array(6) }), 'no_triangles'],
    ['no indices', part({ indices: new Uint32Array() }), 'no_triangles'],
    ['half a triangle', part({ indices: new Uint32Array(4) }), 'no_triangles'],
    ['an index too large', part({ indices: Uint32Array.of(0, 1, 3) }), 'index_out_of_range'],
    ['a name too long', part({ name: 'x'.repeat(257) }), 'name_too_long'],
  ])('S3: refuses %s', (_, bad, code) => {
    expect(() => check(part(), bad)).toThrow(expect.objectContaining({ code }));
  });

  it('says which submesh is at fault', () => {
    const bad = part({ indices: Uint32Array.of(0, 1, 9) });
    expect(() => check(part(), bad)).toThrow('Submesh 1 ("Leg") names vertex 9; it has 3.');
  });

  it.each([
    ['submeshes', 'too_many_submeshes'],
    ['vertices', 'too_many_vertices'],
    ['indices', 'too_many_indices'],
  ] as const)('S3: counts the %s of all submeshes together', (name, code) => {
    const submeshes = [1, 2].map(() => part({ indices: Uint32Array.of(0, 1, 2) }));
    const limits = { ...GEOMETRY_LIMITS, [name]: name === 'submeshes' ? 1 : 5 };
    const refused = () => checkGeometry({ submeshes }, limits);
    expect(refused).toThrow(expect.objectContaining({ code }));
  });

  it('refuses an asset without submeshes', () => {
    expect(() => check()).toThrow(expect.objectContaining({ code: 'no_submeshes' }));
  });
});
