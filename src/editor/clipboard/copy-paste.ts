import { translateLinks } from '../../commands/entity-links.ts';
import { DOCUMENT_COMPONENTS, SharedMaterial, Transform } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { type EditContext, madeBy, mayEdit } from '../edits/edit-context.ts';
import { IDENTITY_AFFINE, poseWithin } from '../geometry/affine.ts';
import { plainComponent } from '../inspector/plain-component.ts';
import type { TransactionPort } from '../session-port.ts';
import {
  type Clip,
  type ClippedObject,
  formatClip,
  LONGEST_CLIP,
  MOST_CLIPPED,
  parseClip,
} from './clip.ts';

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
  const clip = formatClip(sessionId, all);
  if (clip.length <= LONGEST_CLIP) return clip;
  const text = `${objects.length} objects are too much to copy at once: they take ${mebi(clip.length)} Mi characters, and ${mebi(LONGEST_CLIP)} can be. Copy fewer, or export a .theta file.`;
  notices.notify({ kind: 'error', text });
  return undefined;
}

/** Makes the objects of a clip where they were copied, and selects them. False: it is no clip. */
export function paste(context: EditContext, text: string): boolean {
  const clip = parseClip(text);
  if (clip === undefined) return false;
  if (!mayEdit(context)) return true;
  const { objects } = clip;
  const count = objects.filter((each) => !isMaterial(each)).length;
  const made: Entity[] = [];
  const materials = new Map<string, string>();
  const label = `Paste ${count === 1 ? 'an object' : `${count} objects`}`;
  const idHere = (id: string) => materials.get(id) ?? idOfOwn(context, clip, id);
  const issued = context.issuer.transaction(label, (tx) => {
    for (const object of objects) {
      const own = isMaterial(object) && idOfOwn(context, clip, object.id) !== undefined;
      made.push(own ? NO_ENTITY : create(context, tx, object, made, idHere));
      if (own || !isMaterial(object) || object.id === undefined) continue;
      const { document } = context.scene;
      materials.set(object.id, document.formatId(document.idOf(made.at(-1)!)));
    }
  });
  const roots = made.filter((_, at) => objects[at]!.parent < 0 && !isMaterial(objects[at]!));
  if (issued !== undefined) context.selection.select(roots);
  return true;
}

function isMaterial({ components }: ClippedObject): boolean {
  return Object.hasOwn(components, SharedMaterial.name);
}

/** The shared material of this id, where the clip comes from this very session and it still lives. */
function idOfOwn(context: EditContext, clip: Clip, text = ''): string | undefined {
  const { scene, sessionId } = context;
  if (sessionId === '' || clip.session !== sessionId) return undefined;
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

function create(
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
