import type { CommandPipeline, Issued, TransactionBuilder } from '../../commands/pipeline.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { cancelled } from '../assets/backoff.ts';
import type { BlobUploader } from '../assets/blob-uploader.ts';
import { clipName } from './clip-name.ts';
import { type ImportedEntity, type ImportedModel, NO_PARENT } from './imported-model.ts';
import { uploadAll } from './upload-all.ts';

export interface AddModelOptions {
  readonly pipeline: Pick<CommandPipeline, 'transaction'>;
  readonly uploader: BlobUploader;
  /** Takes what was imported, so that this page shows it without asking for it again. */
  readonly assets?: { put(digest: string, bytes: Bytes): void };
  /** What people see in the history; the import of the model's name without it. */
  readonly label?: string;
  /** Where the model's origin goes, in metres; the scene's origin without it. */
  readonly position?: readonly [number, number, number];
  readonly signal?: AbortSignal;
  /** 0…1 of the bytes to upload. */
  readonly onProgress?: (fraction: number) => void;
}

export interface AddedModel {
  /** The entity above all others, in its text form. */
  readonly root: string;
  /** Every object that was made, `root` first. */
  readonly entities: readonly string[];
  /** Its outcome is the server's verdict on the import. */
  readonly issued: Issued;
}

interface Blob {
  readonly kind: 'geometry' | 'texture';
  readonly name: string;
  readonly bytes: Bytes;
  readonly digest: string;
  readonly mediaType: string;
}

const GEOMETRY_MEDIA_TYPE = 'application/vnd.theta.geometry';
/**
 * Brings an imported model into the document: first its blobs to the server, then one transaction, so
 * that it is one step to undo and nothing names what is not there (D5). Several roots get one above
 * them, named after the file. When uploading fails or is aborted, the document is as it was.
 * @throws {AssetError} of the upload; what the pipeline throws
 */
export async function addModel(
  model: ImportedModel,
  options: AddModelOptions,
): Promise<AddedModel> {
  const blobs = blobsOf(model);
  await uploadAll(blobs, options);
  if (options.signal?.aborted) throw cancelled();
  for (const { digest, bytes } of blobs) options.assets?.put(digest, bytes);
  const entities: string[] = [];
  const label = options.label ?? `Import ${model.name}`;
  const issued = options.pipeline.transaction(clipName(label), (builder) => {
    for (const blob of blobs) addAsset(builder, blob);
    entities.push(...createEntities(builder, model, options.position ?? [0, 0, 0]));
  });
  return { root: entities[0]!, entities, issued };
}

function blobsOf({ name, geometry, textures }: ImportedModel): readonly Blob[] {
  const images = textures.map((texture): Blob => ({ kind: 'texture', ...texture }));
  if (geometry === undefined) return images;
  const { bytes, digest } = geometry;
  return [{ kind: 'geometry', name, bytes, digest, mediaType: GEOMETRY_MEDIA_TYPE }, ...images];
}

function addAsset(
  builder: TransactionBuilder,
  { kind, name, bytes, digest, mediaType }: Blob,
): void {
  builder.execute('asset.add', { kind, name, digest, mediaType, size: bytes.length });
}

function createEntities(
  builder: TransactionBuilder,
  model: ImportedModel,
  position: readonly number[],
): readonly string[] {
  const ids: string[] = [];
  const materials = model.materials.map(({ name, components }) =>
    create(builder, { name, components: { sharedMaterial: {}, ...components } }, null),
  );
  const roots = model.entities.filter((entity) => entity.parent === NO_PARENT);
  const needsRoot = roots.length > 1;
  const root = needsRoot
    ? create(builder, { name: model.name, components: { transform: { position } } }, null)
    : null;
  for (const entity of model.entities) {
    const isRoot = entity.parent === NO_PARENT;
    const { name, wears, components } = isRoot && !needsRoot ? movedBy(entity, position) : entity;
    const link = wears !== undefined && { materialLink: { material: materials[wears] } };
    const dressed = { name, components: { ...components, ...link } };
    ids.push(create(builder, dressed, isRoot ? root : ids[entity.parent]!));
  }
  return root === null ? ids : [root, ...ids];
}

function create(
  builder: TransactionBuilder,
  { name, components }: { readonly name: string; readonly components: object },
  parent: string | null,
): string {
  const result = builder.execute('entity.create', { name, parent, components });
  return (result as { entity: string }).entity;
}

function movedBy(entity: ImportedEntity, offset: readonly number[]): ImportedEntity {
  const { transform } = entity.components;
  const from = transform.position ?? [0, 0, 0];
  const position = from.map((value, i) => value + offset[i]!);
  return { ...entity, components: { ...entity.components, transform: { ...transform, position } } };
}
