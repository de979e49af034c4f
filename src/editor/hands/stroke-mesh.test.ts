import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cross, dot, length, subtract, type Vec3 } from '../geometry/vec3.ts';
import { type DrawnMesh, isNextPoint, type StrokePoint, strokeMesh } from './stroke-mesh.ts';

const at = (x: number, y = 0, z = 0): StrokePoint => ({ position: [x, y, z], across: [0, 0, 1] });
const corner = ({ positions }: DrawnMesh, i: number): Vec3 => [
  positions[i * 3]!,
  positions[i * 3 + 1]!,
  positions[i * 3 + 2]!,
];
const normal = ({ normals }: DrawnMesh, i: number): Vec3 => [
  normals[i * 3]!,
  normals[i * 3 + 1]!,
  normals[i * 3 + 2]!,
];

/** Of each triangle, whether it faces the way that its corners' normals say. */
function facings(mesh: DrawnMesh): number[] {
  const found: number[] = [];
  for (let i = 0; i < mesh.indices.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => mesh.indices[i + k]!) as [number, number, number];
    const [p, q, r] = [a, b, c].map((each) => corner(mesh, each)) as [Vec3, Vec3, Vec3];
    const faces = cross(subtract(q, p), subtract(r, p));
    if (length(faces) > 1e-9)
      found.push(Math.min(...[a, b, c].map((each) => dot(faces, normal(mesh, each)))));
  }
  return found;
}

describe('a stroke', () => {
  it('of a ribbon is as wide as it should be, and is lit from both sides', () => {
    const mesh = strokeMesh('ribbon', [at(0), at(1), at(2)], 0.2)!;
    expect(mesh.position).toEqual([1, 0, 0]);
    const widths = [...mesh.positions].filter((_, i) => i % 3 === 2);
    expect([Math.min(...widths), Math.max(...widths)].map((each) => each.toFixed(3))).toEqual([
      '-0.100',
      '0.100',
    ]);
    expect(mesh.indices).toHaveLength(2 * 2 * 2 * 3);
    expect(new Set([...mesh.normals].filter((_, i) => i % 3 === 1))).toEqual(new Set([1, -1]));
  });

  it('of a tube is round, closed, and looks outwards', () => {
    const mesh = strokeMesh('tube', [at(0), at(1), at(2, 1)], 0.2)!;
    expect(Math.min(...facings(mesh))).toBeGreaterThan(0);
    const edges = new Map<string, number>();
    for (let i = 0; i < mesh.indices.length; i += 3) {
      for (const [from, to] of [
        [0, 1],
        [1, 2],
        [2, 0],
      ] as const) {
        const [a, b] = [mesh.indices[i + from]!, mesh.indices[i + to]!];
        const key = `${Math.min(a, b)}-${Math.max(a, b)}`;
        edges.set(key, (edges.get(key) ?? 0) + (a < b ? 1 : -1));
      }
    }
    expect(new Set(edges.values()), 'every edge once each way').toEqual(new Set([0]));
  });

  it('of any way has finite corners and unit normals', () => {
    const place = fc.double({ min: -5, max: 5, noNaN: true });
    const point = fc.record({
      position: fc.tuple(place, place, place),
      across: fc.constantFrom<Vec3>([1, 0, 0], [0, 1, 0], [0, 0, 1]),
    });
    const kind = fc.constantFrom('ribbon' as const, 'tube' as const);
    fc.assert(
      fc.property(kind, fc.array(point, { minLength: 2, maxLength: 20 }), (which, points) => {
        const mesh = strokeMesh(which, points, 0.05)!;
        const corners = mesh.positions.length / 3;
        expect(mesh.positions.every(Number.isFinite)).toBe(true);
        expect(mesh.indices.every((each) => each < corners)).toBe(true);
        for (let i = 0; i < corners; i++) expect(length(normal(mesh, i))).toBeCloseTo(1, 4);
      }),
    );
  });

  it('of a hand that went nowhere is none', () => {
    expect(strokeMesh('tube', [at(0)], 0.1)).toBeUndefined();
    expect(isNextPoint([0, 0, 0], [0.01, 0, 0], 0.1)).toBe(false);
    expect(isNextPoint([0, 0, 0], [0.04, 0, 0], 0.1)).toBe(true);
  });
});
