import type { EntityId, Presence, Site, Vec3 } from '../../protocol/generated/types.ts';
import { toHex } from '../../shared/bytes.ts';
import { type Cell, cellOf, type Point, stepsFor } from './cells.ts';

/** Where somebody is and points, and what he holds. */
export interface PresencePlace {
  readonly cells: readonly Cell[];
  /** How far he can be taken to see, in steps of cells. */
  readonly reach: number;
  /** Objects in the middle of his drag. */
  readonly objects: readonly string[];
}

/** Everybody sees at least so far, in metres. */
const LEAST_REACH_M = 32;
/** Who looks at something far away sees what is around it, too. */
const REACH_OF_VIEW = 1.5;

/** @param before of the same person, whose reach stays while he points at nothing */
export function placeOf(presence: Presence, before: PresencePlace | undefined): PresencePlace {
  const { view, cursor, headset, preview = [], sites = [] } = presence;
  const eye = headset?.head.position ?? view?.position;
  const points = [eye, cursor, preview[0]?.position].flatMap((each) => (each ? [point(each)] : []));
  return {
    cells: points.map(cellOf),
    reach: eye && cursor ? reachOf(eye, cursor) : (before?.reach ?? stepsFor(LEAST_REACH_M)),
    objects: objectKeys(
      sites,
      preview.map(({ entity }) => entity),
    ),
  };
}

/** Names of objects that mean the same whoever speaks of them. */
export function objectKeys(sites: readonly Site[], entities: readonly EntityId[]): string[] {
  return entities.flatMap(({ site, counter }) => {
    const by = sites[site];
    return by ? [`${toHex(by.author)}-${by.replica}-${counter}`] : [];
  });
}

function reachOf(eye: Vec3, cursor: Vec3): number {
  const [x, y, z] = [eye.x - cursor.x, eye.y - cursor.y, eye.z - cursor.z];
  const far = REACH_OF_VIEW * Math.sqrt(x * x + y * y + z * z);
  return stepsFor(Math.max(LEAST_REACH_M, far));
}

function point({ x, y, z }: Vec3): Point {
  return [x, y, z];
}
