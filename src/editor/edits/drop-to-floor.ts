import type { Entity } from '../../ecs/entity.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import { movePose } from '../tools/transform/change.ts';
import type { Box, SceneProbe } from '../viewport-port.ts';
import { type EditContext, editable, mayEdit, whatOf } from './edit-context.ts';

const DOWN: Vec3 = [0, -1, 0];
const GROUND = 0;
/** Where the footprint is felt, in shares from its middle to its rim; on the rim it would graze walls. */
const FELT = [-0.9, 0, 0.9];
/** A shift that nobody sees. Metres. */
const LEAST_SHIFT = 1e-6;

/**
 * Lets the selected objects down, each until it rests on what is below it, or on the ground; what is sunk
 * halfway comes up. One undo step.
 */
export function dropToFloor(context: EditContext): void {
  const probe = context.viewport();
  if (!mayEdit(context) || probe === undefined) return;
  const { scene, selection, issuer } = context;
  const { document } = scene;
  const members = editable(context, selection.entities);
  const moving = new Set(members);
  const writes = members.flatMap((entity) => {
    const fall = fallOf(probe, boxOf(context, probe, entity), (hit) => scene.isWithin(hit, moving));
    if (Math.abs(fall) < LEAST_SHIFT) return [];
    const target = {
      pose: scene.poseOf(entity),
      world: scene.worldOf(entity),
      parent: scene.parentSpaceOf(entity),
    };
    const { position } = movePose(target, [0, -fall, 0]);
    return [{ entity: document.idOf(entity), position }];
  });
  if (writes.length === 0) return;
  issuer.transaction(`Drop ${whatOf(context, members)}`, (tx) => {
    for (const write of writes) tx.execute('transform.set', write);
  });
}

/** What has no shape is a point. */
function boxOf({ scene }: EditContext, probe: SceneProbe, entity: Entity): Box {
  const { origin } = scene.worldOf(entity);
  return probe.boundsOf([entity]) ?? { min: origin, max: origin };
}

/** How far down a box may go, in metres; negative where it is to come up. */
function fallOf(probe: SceneProbe, { min, max }: Box, isMoving: (hit: Entity) => boolean): number {
  const middle = (min[1] + max[1]) / 2;
  let floor = middle >= GROUND ? GROUND : undefined;
  for (const x of across(min[0], max[0])) {
    for (const z of across(min[2], max[2])) {
      const hits = probe.hitsAlong({ origin: [x, middle, z], direction: DOWN });
      const below = hits.find(({ entity }) => !isMoving(entity));
      if (below !== undefined) floor = Math.max(floor ?? below.point[1], below.point[1]);
    }
  }
  return min[1] - (floor ?? GROUND);
}

function across(low: number, high: number): number[] {
  return FELT.map((share) => (low + high) / 2 + (share * (high - low)) / 2);
}
