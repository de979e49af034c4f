import type { CommandPipeline } from '../commands/pipeline.ts';
import type { MeshPort } from '../editor/editor-options.ts';
import type { DrawnMesh } from '../editor/hands/stroke-mesh.ts';
import { encode } from '../protocol/codec.ts';
import type { Bytes } from '../shared/bytes.ts';
import type { BlobUploader } from './assets/blob-uploader.ts';
import { sha256Hex } from './assets/sha256.ts';
import { type ImportedModel, NO_PARENT } from './import/imported-model.ts';

export interface DrawnMeshesOptions {
  readonly pipeline: Pick<CommandPipeline, 'transaction'>;
  readonly uploader: BlobUploader;
  readonly assets: { put(digest: string, bytes: Bytes): void };
  readonly isConnected: () => boolean;
}

/** What hands draw becomes an asset of the session, as an imported mesh does. */
export function drawnMeshes(options: DrawnMeshesOptions): MeshPort {
  return {
    get available() {
      return options.isConnected();
    },
    async add(name, mesh, color) {
      const { addModel } = await import('./import/add-model.ts');
      const model = await modelOf(name, mesh, color);
      // Where the server refuses it later, it is taken back, and the session says so.
      const { root } = await addModel(model, { ...options, label: `Draw ${name}` });
      return root;
    },
  };
}

async function modelOf(
  name: string,
  { position, positions, normals, indices }: DrawnMesh,
  color: readonly number[] | undefined,
): Promise<ImportedModel> {
  const bytes = encode('Geometry', { submeshes: [{ name, positions, normals, indices }] });
  const digest = await sha256Hex(bytes);
  const material = color === undefined ? {} : { color };
  return {
    name,
    geometry: { bytes, digest, submeshes: 1 },
    textures: [],
    materials: [],
    entities: [
      {
        name,
        parent: NO_PARENT,
        components: { transform: { position }, mesh: { asset: digest, index: 0 }, material },
      },
    ],
    warnings: [],
  };
}
