import { DOCUMENT_COMPONENTS, Transform } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { type EditContext, madeBy, mayEdit } from '../edits/edit-context.ts';
import { IDENTITY_AFFINE, poseWithin } from '../geometry/affine.ts';
import type { TransactionPort } from '../session-port.ts';
import { type ClippedObject, formatClip, MOST_CLIPPED, parseClip } from './clip.ts';

const COPIED = DOCUMENT_COMPONENTS.filter((component) => !component.managed);

/** The selected objects and all below them as a text for the clipboard; undefined for none. */
export function copySelected(context: EditContext): string | undefined {
  const { scene, selection, notices } = context;
  const roots = scene.topMost(selection.entities);
  if (roots.length === 0) return undefined;
  const objects: ClippedObject[] = [];
  for (const root of roots) clipSubtree(context, root, objects);
  if (objects.length <= MOST_CLIPPED) return formatClip(objects);
  const text = `${objects.length} objects are too many to copy at once: ${MOST_CLIPPED} can be.`;
  notices.notify({ kind: 'error', text });
  return undefined;
}

/** Makes the objects of a clip where they were copied, and selects them. False: it is no clip. */
export function paste(context: EditContext, text: string): boolean {
  const objects = parseClip(text);
  if (objects === undefined) return false;
  if (!mayEdit(context)) return true;
  const made: Entity[] = [];
  const label = `Paste ${objects.length === 1 ? 'an object' : `${objects.length} objects`}`;
  const issued = context.issuer.transaction(label, (tx) => {
    for (const object of objects) made.push(create(context, tx, object, made));
  });
  const roots = made.filter((_, at) => objects[at]!.parent < 0);
  if (issued !== undefined) context.selection.select(roots);
  return true;
}

function clipSubtree(context: EditContext, root: Entity, into: ClippedObject[]): void {
  const queue: { readonly entity: Entity; readonly parent: number }[] = [
    { entity: root, parent: -1 },
  ];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const at = into.length;
    into.push({ parent: next.parent, components: componentsOf(context, next.entity, next.parent) });
    const children = context.outliner.childrenOf(next.entity).toReversed();
    queue.push(...children.map((entity) => ({ entity, parent: at })));
  }
}

function componentsOf(
  { scene }: EditContext,
  entity: Entity,
  parent: number,
): ClippedObject['components'] {
  const { world } = scene.document;
  const components: ClippedObject['components'] = {};
  for (const component of COPIED) {
    const value = world.get(entity, component);
    if (value !== undefined) components[component.name] = value;
  }
  // A copy stands at the top, wherever the original was.
  const pose = parent < 0 ? poseWithin(IDENTITY_AFFINE, scene.worldOf(entity)) : undefined;
  if (pose !== undefined) components[Transform.name] = { ...pose };
  return components;
}

function create(
  context: EditContext,
  tx: TransactionPort,
  { parent, components }: ClippedObject,
  made: readonly Entity[],
): Entity {
  const { document } = context.scene;
  const above = parent < 0 ? null : document.idOf(made[parent]!);
  const result = tx.execute('entity.create', { parent: above, components });
  return madeBy(context, result)[0] ?? NO_ENTITY;
}
