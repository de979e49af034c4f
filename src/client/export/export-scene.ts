import { GLTFExporter } from 'three/examples/jsm/exporters/GLTFExporter.js';
import { STLExporter } from 'three/examples/jsm/exporters/STLExporter.js';
import { type ProjectSource, writeProject } from '../project/write-project.ts';
import type { ExportedFile, ExportFormat } from './formats.ts';
import { type ExportedScene, sceneObjects } from './scene-objects.ts';
import { unmirror } from './unmirror.ts';
import { writeObj } from './write-obj.ts';

/** Writes a scene, or a part of it, into a file. @throws {ThetaError} `cancelled` */
export async function exportScene(
  format: Exclude<ExportFormat, 'json'>,
  scene: ExportedScene & ProjectSource,
): Promise<ExportedFile> {
  switch (format) {
    case 'glb':
      return file(await glb(scene), 'glb', 'model/gltf-binary');
    case 'stl':
      return file(await stl(scene), 'stl', 'model/stl');
    case 'obj':
      return writeObj(scene);
    case 'theta':
      return file(await writeProject(scene), 'theta', 'application/zip');
  }
}

/** Names, hierarchy, meshes, materials, textures, lights, cameras. */
async function glb(scene: ExportedScene): Promise<Uint8Array<ArrayBuffer>> {
  const result = await new GLTFExporter().parseAsync(await sceneObjects(scene), { binary: true });
  return new Uint8Array(result as ArrayBuffer);
}

/** Shapes alone, where they are in the world. */
async function stl(scene: ExportedScene): Promise<Uint8Array<ArrayBuffer>> {
  const objects = await sceneObjects(scene);
  objects.updateMatrixWorld(true);
  unmirror(objects);
  const { buffer } = new STLExporter().parse(objects, { binary: true });
  return new Uint8Array(buffer as ArrayBuffer);
}

function file(bytes: Uint8Array<ArrayBuffer>, extension: string, mediaType: string): ExportedFile {
  return { bytes, extension, mediaType };
}
