import { translateLinks } from '../../commands/entity-links.ts';
import type { Issued, TransactionBuilder } from '../../commands/pipeline.ts';
import { cancelled } from '../assets/backoff.ts';
import type { AddModelOptions } from '../import/add-model.ts';
import { clipName } from '../import/clip-name.ts';
import { uploadAll } from '../import/upload-all.ts';
import type { ProjectEntity } from './project-file.ts';
import type { ReadProject } from './read-project.ts';

export interface AddedProject {
  /** The objects that are in no other, in their text form. */
  readonly roots: readonly string[];
  readonly entities: readonly string[];
  readonly issued: Issued;
}

/**
 * Adds what a `.theta` file holds to the scene: contents to the server first, then one transaction in
 * which everything gets new ids, and what names something else of the file goes on naming it.
 * @throws {AssetError} of an upload; what the pipeline throws for values that it does not take
 */
export async function addProject(
  { project, contents }: ReadProject,
  options: AddModelOptions,
): Promise<AddedProject> {
  const blobs = [...contents].map(([digest, bytes]) => ({ digest, bytes }));
  await uploadAll(blobs, options);
  if (options.signal?.aborted) throw cancelled();
  for (const { digest, bytes } of blobs) options.assets?.put(digest, bytes);
  const made = new Map<string, string>();
  const issued = options.pipeline.transaction(clipName(`Open ${project.name}`), (builder) => {
    for (const { digest, kind, name, mediaType } of project.assets) {
      const size = contents.get(digest)!.length;
      builder.execute('asset.add', { digest, kind, name, mediaType, size });
    }
    for (const entity of project.entities) made.set(entity.id, create(builder, entity, made));
  });
  const objects = project.entities.filter(({ components }) => !('sharedMaterial' in components));
  const idOf = ({ id }: ProjectEntity): string => made.get(id)!;
  return {
    roots: objects.filter(({ parent }) => parent === null).map(idOf),
    entities: objects.map(idOf),
    issued,
  };
}

function create(
  builder: TransactionBuilder,
  { parent, components }: ProjectEntity,
  made: ReadonlyMap<string, string>,
): string {
  // What it named and is not in the file: it goes without.
  const translated = translateLinks(components, (id) => made.get(id));
  const params = { parent: parent === null ? null : made.get(parent), components: translated };
  return (builder.execute('entity.create', params) as { entity: string }).entity;
}
