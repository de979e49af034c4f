import { BoxGeometry, BufferAttribute, Mesh, MeshBasicMaterial } from 'three';
import { PLYExporter } from 'three/examples/jsm/exporters/PLYExporter.js';
import { STLExporter } from 'three/examples/jsm/exporters/STLExporter.js';
import { expect, it } from 'vitest';
import type { Bytes } from '../../shared/bytes.ts';
import { parseModel } from './parse-model.ts';
import { readGeometry } from './testing/read-geometry.ts';

const box = new Mesh(new BoxGeometry(1, 2, 3), new MeshBasicMaterial());
box.geometry.setAttribute(
  'color',
  new BufferAttribute(
    Float32Array.from({ length: 24 * 3 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
    3,
  ),
);

const text = (content: string): Bytes => new TextEncoder().encode(content);

it.each([
  ['Box.stl', text(new STLExporter().parse(box) as string)],
  [
    'Box.stl',
    new Uint8Array(
      (new STLExporter().parse(box, { binary: true }) as DataView).buffer as ArrayBuffer,
    ),
  ],
  ['Box.ply', text(plyOf(false) as string)],
  ['Box.ply', new Uint8Array(plyOf(true) as ArrayBuffer)],
] as const)('%s is one object of twelve triangles, as large as it was', async (name, bytes) => {
  const model = await parseModel({ name, bytes });
  expect(model.entities.map((entity) => entity.name)).toEqual(['Box']);
  const [submesh] = readGeometry(model);
  const { positions, normals, indices, colors } = submesh!;
  expect((indices?.length ?? positions.length / 3) / 3).toBe(12);
  expect(normals).toHaveLength(positions.length);
  for (const [axis, half] of [0.5, 1, 1.5].entries()) {
    const along = [...positions].filter((_, i) => i % 3 === axis);
    expect(Math.max(...along)).toBeCloseTo(half, 5);
    expect(Math.min(...along)).toBeCloseTo(-half, 5);
  }
  if (name === 'Box.ply') expect([...colors!.slice(0, 4)]).toEqual([1, 0, 0, 1]);
});

function plyOf(binary: boolean): string | ArrayBuffer {
  const exporter = new PLYExporter();
  // With something to call, it would wait for a frame.
  const nothing = undefined as unknown as () => void;
  return exporter.parse(box, nothing, { binary, littleEndian: true }) as string | ArrayBuffer;
}
