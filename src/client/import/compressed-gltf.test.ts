import { readFileSync } from 'node:fs';
import { NodeIO } from '@gltf-transform/core';
import { EXTMeshoptCompression, KHRDracoMeshCompression } from '@gltf-transform/extensions';
import { draco, meshopt } from '@gltf-transform/functions';
import draco3d from 'draco3dgltf';
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bytes } from '../../shared/bytes.ts';
import type { ImportedModel } from './imported-model.ts';
import { parseModel } from './parse-model.ts';
import { readGeometry } from './testing/read-geometry.ts';

const CONTROLLER: Bytes = new Uint8Array(readFileSync('e2e/fixtures/touch-controller.glb'));

let io: NodeIO;
let plain: ImportedModel;

beforeAll(async () => {
  await Promise.all([MeshoptDecoder.ready, MeshoptEncoder.ready]);
  io = new NodeIO()
    .registerExtensions([KHRDracoMeshCompression, EXTMeshoptCompression])
    .registerDependencies({
      'draco3d.encoder': await draco3d.createEncoderModule(),
      'draco3d.decoder': await draco3d.createDecoderModule(),
      'meshopt.encoder': MeshoptEncoder,
      'meshopt.decoder': MeshoptDecoder,
    });
  plain = await parseModel({ name: 'controller.glb', bytes: CONTROLLER });
});

/** Where the corners of all triangles are on average, for each mesh of the file. */
function middles(model: ImportedModel): number[][] {
  return readGeometry(model).map(({ positions, indices }) => {
    const corners = indices ?? Uint32Array.from({ length: positions.length / 3 }, (_, i) => i);
    const sum = [0, 0, 0];
    for (const corner of corners) {
      for (let k = 0; k < 3; k++) sum[k]! += positions[corner * 3 + k]!;
    }
    return sum.map((value) => value / corners.length);
  });
}

/** Meshopt's own quantisation is in units that nodes scale back. */
describe.each([
  ['Draco', () => draco({ method: 'edgebreaker' }), true],
  ['meshopt', () => meshopt({ encoder: MeshoptEncoder, level: 'medium' }), false],
] as const)('a file compressed with %s', (_, compress, isInPlace) => {
  it('has the meshes, names and materials of the file that it was', async () => {
    const document = await io.readBinary(CONTROLLER);
    await document.transform(compress());
    const bytes = new Uint8Array(await io.writeBinary(document));
    expect(bytes.length).toBeLessThan(CONTROLLER.length);
    const model = await parseModel({ name: 'controller.glb', bytes });
    expect(model.warnings).toEqual(plain.warnings);
    expect(model.entities.map(({ name }) => name).sort()).toEqual(
      plain.entities.map(({ name }) => name).sort(),
    );
    const count = (of: ImportedModel) =>
      of.entities.filter(({ components }) => components.mesh).length;
    expect(count(model)).toBe(count(plain));
    const [expected, found] = [middles(plain), middles(model)];
    expect(found).toHaveLength(expected.length);
    if (isInPlace) {
      for (const [at, middle] of found.entries()) {
        for (let k = 0; k < 3; k++) expect(middle[k]).toBeCloseTo(expected[at]![k]!, 2);
      }
    }
  });
});
