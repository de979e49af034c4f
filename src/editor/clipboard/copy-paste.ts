import { translateLinks } from '../../commands/entity-links.ts';
import { DOCUMENT_COMPONENTS, SharedMaterial, Transform } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { messageOf } from '../../shared/errors.ts';
import { type EditContext, madeBy, mayEdit } from '../edits/edit-context.ts';
import { IDENTITY_AFFINE, poseWithin } from '../geometry/affine.ts';
import { plainComponent } from '../inspector/plain-component.ts';
import type { TransactionPort } from '../session-port.ts';
import {
  bytesOf,
  type Clip,
  type ClippedAsset,
  type ClippedObject,
  formatClip,
  HEAVIEST_CLIP,
  LONGEST_CLIP,
  MOST_CLIPPED,
  MOST_CLIPPED_ASSETS,
  parseClip,
} from './clip.ts';
import { assetsOf, contentsOf, missingWords } from './clip-assets.ts';

const COPIED = DOCUMENT_COMPONENTS.filter((component) => !component.managed);

/**
 * The selected objects and all below them as a text for the clipboard, with the shared materials that
 * they wear; undefined for none, and, in words, for what is too much to be pasted again.
 */
export function copySelected(context: EditContext): string | undefined {
  const { scene, selection, notices, sessionId } = context;
  const roots = scene.topMost(selection.entities);
  if (roots.length === 0) return undefined;
  const objects: ClippedObject[] = [];
  const worn = new Set<Entity>();
  for (const root of roots) clipSubtree(context, root, objects, worn);
  const materials = [...worn].map((entity) => clipMaterial(context, entity));
  const all = [...materials, ...objects.map((each) => movedBy(each, materials.length))];
  if (all.length > MOST_CLIPPED) {
    const text = `${all.length} objects are too many to copy at once: ${MOST_CLIPPED} can be.`;
    notices.notify({ kind: 'error', text });
    return undefined;
  }
  const assets = assetsNamedBy(context, all);
  const problem = tooMuch(assets);
  if (problem !== undefined) {
    notices.notify({ kind: 'error', text: problem });
    return undefined;
  }
  const clip = formatClip(sessionId, all, assets);
  if (clip.length <= LONGEST_CLIP) {
    context.contents?.offer(assets.map(({ digest }) => digest));
    return clip;
  }
  const text = `${objects.length} objects are too much to copy at once: they take ${mebi(clip.length)} Mi characters, and ${mebi(LONGEST_CLIP)} can be. Copy fewer, or export a .theta file.`;
  notices.notify({ kind: 'error', text });
  return undefined;
}

/**
 * Makes the objects of a clip where they were copied, and selects them; where the session lacks what
 * they show, that is brought along first, as a task. False: it is no clip.
 */
export function paste(context: EditContext, text: string): boolean {
  const clip = parseClip(text);
  if (clip === undefined) return false;
  if (!mayEdit(context)) return true;
  const lacking = lackingOf(context, clip);
  if (lacking.size === 0) create(context, clip);
  else void bringAndCreate(context, clip, lacking);
  return true;
}

/** Bytes first, then one transaction: nothing names what is not there (D5). */
async function bringAndCreate(
  context: EditContext,
  clip: Clip,
  lacking: ReadonlySet<string>,
): Promise<void> {
  const { notices, tasks, contents } = context;
  const wanted = clip.assets.filter(({ digest }) => lacking.has(digest));
  const known = new Set(wanted.map(({ digest }) => digest));
  const complain = (digests: Iterable<string>): void => {
    const text = missingWords(clip.objects, new Set(digests));
    notices.notify({ kind: 'error', text });
  };
  if (contents === undefined) return complain(lacking);
  const unknown = [...lacking].filter((digest) => !known.has(digest));
  if (unknown.length > 0) return complain(unknown);
  const cancel = new AbortController();
  const label = `Pasting ${whatIn(clip)}`;
  const task = tasks.start({ label, progress: null, cancel: () => cancel.abort() });
  const onProgress = (fraction: number): void => task.report(fraction);
  try {
    const missing = await contents.bring(wanted, { signal: cancel.signal, onProgress });
    if (cancel.signal.aborted) return;
    if (missing.length > 0) complain(missing);
    // One's role may be another by now.
    else if (mayEdit(context)) create(context, clip, wanted);
  } catch (thrown) {
    if (cancel.signal.aborted) return;
    notices.notify({ kind: 'error', text: `Nothing was pasted: ${messageOf(thrown)}` });
  } finally {
    task.end();
  }
}

/** What the clip's objects show and the session does not have. */
function lackingOf(context: EditContext, clip: Clip): Set<string> {
  const here = assetsOf(context.scene.document);
  const named = clip.objects
    .filter((each) => !isMaterial(each) || idOfOwn(context, clip, each.id) === undefined)
    .flatMap(contentsOf);
  // What its own session lacked already is no worse in the copy.
  const known = isOwn(context, clip) && new Set(clip.assets.map(({ digest }) => digest));
  return new Set(named.filter((digest) => !here.has(digest) && (!known || known.has(digest))));
}

function create(context: EditContext, clip: Clip, brought: readonly ClippedAsset[] = []): void {
  const { objects } = clip;
  const made: Entity[] = [];
  const materials = new Map<string, string>();
  const idHere = (id: string) => materials.get(id) ?? idOfOwn(context, clip, id);
  const issued = context.issuer.transaction(`Paste ${whatIn(clip)}`, (tx) => {
    for (const asset of brought) tx.execute('asset.add', asset);
    for (const object of objects) {
      const own = isMaterial(object) && idOfOwn(context, clip, object.id) !== undefined;
      made.push(own ? NO_ENTITY : createObject(context, tx, object, made, idHere));
      if (own || !isMaterial(object) || object.id === undefined) continue;
      const { document } = context.scene;
      materials.set(object.id, document.formatId(document.idOf(made.at(-1)!)));
    }
  });
  const roots = made.filter((_, at) => objects[at]!.parent < 0 && !isMaterial(objects[at]!));
  if (issued !== undefined) context.selection.select(roots);
}

function whatIn({ objects }: Clip): string {
  const count = objects.filter((each) => !isMaterial(each)).length;
  return count === 1 ? 'an object' : `${count} objects`;
}

/** Those that the document has; what lacks here already cannot be copied. */
function assetsNamedBy(
  { scene }: EditContext,
  objects: readonly ClippedObject[],
): readonly ClippedAsset[] {
  const here = assetsOf(scene.document);
  const named = new Set(objects.flatMap(contentsOf));
  return [...named].flatMap((digest) => here.get(digest) ?? []);
}

function tooMuch(assets: readonly ClippedAsset[]): string | undefined {
  const instead = 'Copy less, or export a .theta file.';
  if (assets.length > MOST_CLIPPED_ASSETS) {
    return `These objects show ${assets.length} models and images, and ${MOST_CLIPPED_ASSETS} can be copied at once. ${instead}`;
  }
  const bytes = bytesOf(assets);
  if (bytes <= HEAVIEST_CLIP) return undefined;
  return `The models and images of these objects have ${mebi(bytes)} MiB, and ${mebi(HEAVIEST_CLIP)} can be copied at once. ${instead}`;
}

function isMaterial({ components }: ClippedObject): boolean {
  return Object.hasOwn(components, SharedMaterial.name);
}

function isOwn({ sessionId }: EditContext, clip: Clip): boolean {
  return sessionId !== '' && clip.session === sessionId;
}

/** The shared material of this id, where the clip comes from this very session and it still lives. */
function idOfOwn(context: EditContext, clip: Clip, text = ''): string | undefined {
  const { scene } = context;
  if (!isOwn(context, clip)) return undefined;
  const id = scene.document.parseId(text);
  const entity = id === undefined ? undefined : scene.document.entityOf(id);
  return entity !== undefined && scene.isSharedMaterial(entity) ? text : undefined;
}

function clipMaterial(context: EditContext, entity: Entity): ClippedObject {
  const { document } = context.scene;
  const id = document.formatId(document.idOf(entity));
  return { id, parent: -1, components: plainComponents(context, entity) };
}

function movedBy(object: ClippedObject, places: number): ClippedObject {
  return object.parent < 0 ? object : { ...object, parent: object.parent + places };
}

function mebi(count: number): string {
  return (count / (1 << 20)).toFixed(1);
}

function clipSubtree(
  context: EditContext,
  root: Entity,
  into: ClippedObject[],
  worn: Set<Entity>,
): void {
  const queue: { readonly entity: Entity; readonly parent: number }[] = [
    { entity: root, parent: -1 },
  ];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const at = into.length;
    into.push({ parent: next.parent, components: componentsOf(context, next.entity, next.parent) });
    const material = context.scene.sharedMaterialOf(next.entity);
    if (material !== NO_ENTITY) worn.add(material);
    const children = context.outliner.childrenOf(next.entity).toReversed();
    queue.push(...children.map((entity) => ({ entity, parent: at })));
  }
}

function componentsOf(
  context: EditContext,
  entity: Entity,
  parent: number,
): ClippedObject['components'] {
  const components = plainComponents(context, entity);
  // A copy stands at the top, wherever the original was.
  const { scene } = context;
  const pose = parent < 0 ? poseWithin(IDENTITY_AFFINE, scene.worldOf(entity)) : undefined;
  if (pose !== undefined) components[Transform.name] = { ...pose };
  return components;
}

function plainComponents({ scene }: EditContext, entity: Entity): ClippedObject['components'] {
  const components: ClippedObject['components'] = {};
  for (const component of COPIED) {
    const value = plainComponent(scene.document, entity, component);
    if (value !== undefined) components[component.name] = value;
  }
  return components;
}

function createObject(
  context: EditContext,
  tx: TransactionPort,
  { parent, components }: ClippedObject,
  made: readonly Entity[],
  idHere: (id: string) => string | undefined,
): Entity {
  const { document } = context.scene;
  const above = parent < 0 ? null : document.idOf(made[parent]!);
  const result = tx.execute('entity.create', {
    parent: above,
    components: translateLinks(components, idHere),
  });
  return madeBy(context, result)[0] ?? NO_ENTITY;
}
