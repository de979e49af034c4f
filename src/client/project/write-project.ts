import { strToU8, type Zippable, zipSync } from 'fflate';
import {
  Asset,
  DOCUMENT_COMPONENTS,
  MaterialLink,
  SharedMaterial,
} from '../../ecs/components/index.ts';
import type { Document } from '../../ecs/document/document.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { plainComponent } from '../../editor/inspector/plain-component.ts';
import { ThetaError } from '../../shared/errors.ts';
import { type ExportedScene, exportedEntities } from '../export/scene-objects.ts';
import {
  ASSET_FOLDER,
  PROJECT_ENTRY,
  PROJECT_FORMAT,
  type Project,
  type ProjectEntity,
} from './project-file.ts';

/** Where the contents come from that a scene names. */
export interface ProjectSource {
  /** The bytes of this digest. */
  readonly content: (digest: string) => Promise<Uint8Array>;
  readonly name?: string;
}

/** Components that a file keeps: what is managed is made anew. */
const KEPT = DOCUMENT_COMPONENTS.filter((component) => !component.managed);

/** A scene with everything in it, as a `.theta` file: document and assets. */
export async function writeProject(
  scene: ExportedScene & ProjectSource,
): Promise<Uint8Array<ArrayBuffer>> {
  const { document, content, signal } = scene;
  const objects = exportedEntities(scene);
  const isWhole = (scene.roots ?? []).length === 0;
  const materials = isWhole ? allMaterials(document) : wornMaterials(document, objects);
  const entities = [...materials, ...parentsFirst(document, objects)];
  const inFile = new Set(objects);
  const text = JSON.stringify(entities.map((each) => entityOf(document, each, inFile)));
  const assets = assetsIn(document, text);
  const project = `{"format":"${PROJECT_FORMAT}","version":1,"name":${JSON.stringify(
    scene.name ?? 'Scene',
  )},"assets":${JSON.stringify(assets)},"entities":${text}}`;
  const files: Zippable = { [PROJECT_ENTRY]: strToU8(project) };
  for (const { digest } of assets) {
    if (signal?.aborted) throw new ThetaError('cancelled', 'The export was cancelled.');
    // Images are compressed as they are.
    files[`${ASSET_FOLDER}${digest}`] = [await content(digest), { level: 1 }];
  }
  return new Uint8Array(zipSync(files));
}

/** Those that nobody wears now, too: somebody made them to be worn. */
function allMaterials(document: Document): Entity[] {
  const materials: Entity[] = [];
  document.world.query({ all: [SharedMaterial] }).forEach((entity) => {
    if (document.isAlive(entity)) materials.push(entity);
  });
  return materials;
}

function wornMaterials(document: Document, objects: readonly Entity[]): Entity[] {
  const worn = new Set<Entity>();
  for (const object of objects) {
    const material = document.world.get(object, MaterialLink)?.material as Entity | undefined;
    if (material === undefined || material === NO_ENTITY || !document.isAlive(material)) continue;
    if (document.world.has(material, SharedMaterial)) worn.add(material);
  }
  return [...worn];
}

function parentsFirst(document: Document, objects: readonly Entity[]): Entity[] {
  const depths = new Map(objects.map((object) => [object, depthOf(document, object)]));
  return objects.toSorted(
    (a, b) => depths.get(a)! - depths.get(b)! || compareOrder(document, a, b),
  );
}

function depthOf(document: Document, entity: Entity): number {
  let depth = 0;
  for (let at = entity; at !== NO_ENTITY; at = document.effectiveParent(at)) depth += 1;
  return depth;
}

/** Siblings are made in their order, so that they stand in it. */
function compareOrder(document: Document, a: Entity, b: Entity): number {
  const [one, other] = [document.orderOf(a), document.orderOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function entityOf(document: Document, entity: Entity, inFile: ReadonlySet<Entity>): ProjectEntity {
  const parent = document.effectiveParent(entity);
  const components: ProjectEntity['components'] = {};
  for (const component of KEPT) {
    const value = plainComponent(document, entity, component);
    if (value !== undefined) components[component.name] = value;
  }
  return {
    id: document.formatId(document.idOf(entity)),
    parent: inFile.has(parent) ? document.formatId(document.idOf(parent)) : null,
    components,
  };
}

/** The assets of the document that a text of entities names. */
function assetsIn(document: Document, text: string): Project['assets'] {
  const named = new Set(text.match(/(?<=")[0-9a-f]{64}(?=")/g) ?? []);
  const assets: Project['assets'] = [];
  document.world.query({ all: [Asset] }).forEach((entity) => {
    const { digest, kind, name, mediaType } = document.world.get(entity, Asset)!;
    if (named.delete(digest)) assets.push({ digest, kind: kind as 'geometry', name, mediaType });
  });
  return assets;
}
