import { NodeIO } from '@gltf-transform/core';
import { EXTMeshoptCompression, KHRDracoMeshCompression } from '@gltf-transform/extensions';
import { draco, meshopt } from '@gltf-transform/functions';
import draco3d from 'draco3dgltf';
import { zipSync } from 'fflate';
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';
import { BoxGeometry, Mesh, MeshBasicMaterial } from 'three';
import { PLYExporter } from 'three/examples/jsm/exporters/PLYExporter.js';
import { STLExporter } from 'three/examples/jsm/exporters/STLExporter.js';
import { sha256Hex } from '../../src/client/assets/sha256.ts';
import { ImportRun } from '../../src/client/import/import-run.ts';
import { parseModel } from '../../src/client/import/parse-model.ts';
import { triangleGltf } from '../../src/client/import/testing/build-gltf.ts';
import {
  ASSET_FOLDER,
  PROJECT_ENTRY,
  PROJECT_FORMAT,
} from '../../src/client/project/project-file.ts';
import { readProject } from '../../src/client/project/read-project.ts';
import type { Bytes } from '../../src/shared/bytes.ts';
import type { FuzzTarget } from './targets.ts';

const OBJ = `mtllib a.mtl\no Thing\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nvn 0 0 1\nusemtl m\nf 1/1/1 2/1/1 3/1/1\nf -3 -2 -1\n`;
const MTL = utf8('newmtl m\nKd 1 0 0\nPr 0.5\nmap_Kd missing.png\n');

/** Whatever reads a file that somebody drops on the page. */
export async function fileTargets(): Promise<FuzzTarget[]> {
  const glb = triangleGltf();
  const box = new Mesh(new BoxGeometry(1, 2, 3), new MeshBasicMaterial());
  const stl = new STLExporter();
  return [
    importer('glb', [glb]),
    importer('gltf', [utf8(jsonOf(glb))]),
    importer('glb', await compressed(glb), 'compressed .glb'),
    importer('obj', [utf8(OBJ)]),
    {
      name: '.mtl library',
      samples: [MTL],
      read: (bytes) =>
        parseModel({ name: 'model.obj', bytes: utf8(OBJ) }, [{ name: 'a.mtl', bytes }]),
      weight: 1,
    },
    importer('stl', [utf8(stl.parse(box)), bytesOf(stl.parse(box, { binary: true }))]),
    importer('ply', [utf8(plyOf(box, false)), bytesOf(plyOf(box, true))]),
    {
      name: '.theta project',
      samples: [await project()],
      read: (bytes) => readProject(bytes, new ImportRun('scene.theta')),
      weight: 1,
    },
  ];
}

/** A model file of this ending, with a material library beside it. */
function importer(ending: string, samples: readonly Bytes[], name = `.${ending}`): FuzzTarget {
  return {
    name: `${name} importer`,
    samples,
    read: (bytes) =>
      quietly(() =>
        parseModel({ name: `model.${ending}`, bytes }, [{ name: 'a.mtl', bytes: MTL }]),
      ),
    weight: 1,
  };
}

/** Three's loaders talk about what they read. */
async function quietly<T>(read: () => Promise<T>): Promise<T> {
  const { log, warn, error } = console;
  const silent = () => undefined;
  Object.assign(console, { log: silent, warn: silent, error: silent });
  try {
    return await read();
  } finally {
    Object.assign(console, { log, warn, error });
  }
}

/** The same file by Draco and by meshopt. */
async function compressed(glb: Bytes): Promise<Bytes[]> {
  await Promise.all([MeshoptDecoder.ready, MeshoptEncoder.ready]);
  const io = new NodeIO()
    .registerExtensions([KHRDracoMeshCompression, EXTMeshoptCompression])
    .registerDependencies({
      'draco3d.encoder': await draco3d.createEncoderModule(),
      'meshopt.encoder': MeshoptEncoder,
    });
  const files: Bytes[] = [];
  for (const compress of [draco(), meshopt({ encoder: MeshoptEncoder })]) {
    const document = await io.readBinary(glb);
    await document.transform(compress);
    files.push(new Uint8Array(await io.writeBinary(document)));
  }
  return files;
}

/** A box in a shared material, with a content beside it. */
async function project(): Promise<Bytes> {
  const content = Uint8Array.of(1, 2, 3, 4);
  const digest = await sha256Hex(content);
  const scene = {
    format: PROJECT_FORMAT,
    version: 1,
    name: 'Scene',
    assets: [{ digest, kind: 'texture', name: 'Wood', mediaType: 'image/png' }],
    entities: [
      { id: 'm', parent: null, components: { sharedMaterial: {}, material: {} } },
      { id: 'a', parent: null, components: { name: { value: 'Group' } } },
      { id: 'b', parent: 'a', components: { primitive: {}, materialLink: { material: 'm' } } },
    ],
  };
  const files = { [PROJECT_ENTRY]: utf8(JSON.stringify(scene)), [ASSET_FOLDER + digest]: content };
  return new Uint8Array(zipSync(files));
}

/** Without somebody to call when it is done it is done at once. */
function plyOf(mesh: Mesh, binary: boolean): string | ArrayBuffer | null {
  return new PLYExporter().parse(mesh, undefined as never, { binary });
}

/** The text of a `.glb` file's first chunk. */
function jsonOf(glb: Bytes): string {
  const length = new DataView(glb.buffer, glb.byteOffset).getUint32(12, true);
  return new TextDecoder().decode(glb.subarray(20, 20 + length));
}

function bytesOf(binary: string | DataView | ArrayBuffer | null): Bytes {
  if (binary instanceof DataView) return new Uint8Array(binary.buffer as ArrayBuffer);
  if (binary instanceof ArrayBuffer) return new Uint8Array(binary);
  throw new Error('The exporter wrote text.');
}

function utf8(text: string | ArrayBuffer | DataView | null): Bytes {
  if (typeof text !== 'string') throw new Error('The exporter wrote bytes.');
  return new TextEncoder().encode(text);
}
