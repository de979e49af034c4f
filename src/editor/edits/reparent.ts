import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { ReorderPlace } from '../editor.ts';
import { type Affine, type Pose, poseWithin } from '../geometry/affine.ts';
import type { CommandParams, TransactionPort } from '../session-port.ts';
import { type EditContext, editable, mayEdit, whatOf } from './edit-context.ts';

/** Changes of a pose below this come from rounding. Metres, and parts of one. */
const ROUNDING = 1e-6;

/** Moves entities under a parent, or among their siblings, without their moving in the world. */
export function reparent(
  context: EditContext,
  entities: readonly Entity[],
  parent: Entity,
  place?: ReorderPlace,
): void {
  if (!mayEdit(context)) return;
  const { document } = context.scene;
  const moved = editable(context, entities);
  if (moved.length === 0) return;
  if (moved.some((entity) => parent !== NO_ENTITY && document.isWithin(parent, entity))) {
    const text = 'An object cannot be placed inside itself.';
    context.notices.notify({ kind: 'error', text });
    return;
  }
  const stay = moved.every((entity) => document.parentOf(entity) === parent);
  if (stay) reorder(context, moved, place);
  else {
    context.issuer.transaction(`Reparent ${whatOf(context, moved)}`, (tx) => {
      moveUnder(context, tx, moved, parent, placeParams(context, place));
    });
  }
  context.outliner.reveal(moved[0]!);
}

/** Within a transaction: the entities become children of `parent` and stay where they are. */
export function moveUnder(
  context: EditContext,
  tx: TransactionPort,
  entities: readonly Entity[],
  parent: Entity,
  place: CommandParams = {},
): void {
  const { scene } = context;
  const { document } = scene;
  const space = scene.worldOf(parent);
  const poses = entities.map((entity) => poseBelow(space, context, entity));
  tx.execute('entity.reparent', {
    entities: entities.map((entity) => document.idOf(entity)),
    parent: parent === NO_ENTITY ? null : document.idOf(parent),
    ...place,
  });
  for (const [at, change] of poses.entries()) {
    if (Object.keys(change).length === 0) continue;
    tx.execute('transform.set', { entity: document.idOf(entities[at]!), ...change });
  }
}

/** What of its pose has to change so that it stays where it is below another parent. */
function poseBelow(space: Affine, { scene }: EditContext, entity: Entity): Partial<Pose> {
  const now = scene.poseOf(entity);
  const pose = poseWithin(space, scene.worldOf(entity));
  if (pose === undefined) return {};
  return {
    ...(near(now.position, pose.position) ? {} : { position: pose.position }),
    ...(near(now.rotation, pose.rotation) ? {} : { rotation: pose.rotation }),
    ...(near(now.scale, pose.scale) ? {} : { scale: pose.scale }),
  };
}

function near(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, at) => Math.abs(value - b[at]!) < ROUNDING * Math.max(1, Math.abs(value)));
}

function reorder(context: EditContext, entities: readonly Entity[], place?: ReorderPlace): void {
  const { document } = context.scene;
  const params = placeParams(context, place);
  // After one and the same sibling, the last has to be put there first.
  const ordered = place !== undefined && 'after' in place ? entities.toReversed() : entities;
  const siblings = ordered.filter(
    (entity) => document.idOf(entity) !== (params.before ?? params.after),
  );
  if (siblings.length === 0) return;
  context.issuer.transaction(`Reorder ${whatOf(context, siblings)}`, (tx) => {
    for (const entity of siblings) {
      tx.execute('entity.reorder', { entity: document.idOf(entity), ...params });
    }
  });
}

function placeParams({ scene }: EditContext, place?: ReorderPlace): CommandParams {
  if (place === undefined) return {};
  return 'before' in place
    ? { before: scene.document.idOf(place.before) }
    : { after: scene.document.idOf(place.after) };
}
