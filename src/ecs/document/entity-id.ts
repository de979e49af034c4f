import type { Site } from './sites.ts';

/**
 * O1: who minted an entity and as his how-manieth: the key of (author, replica, counter) in one
 * document of one process, where authors and replicas are numbered by its `SiteTable`. It never
 * leaves the process: messages carry sites, scripts the text form.
 */
export type EntityId = number & { readonly __entityId: 'entityId' };

/** No entity: the parent of what stands at the top. */
export const NO_ENTITY_ID = 0 as EntityId;

const COUNTERS = 2 ** 32;
export const MAX_COUNTER = COUNTERS - 1;

/** The id of a site's `counter`-th entity; counters begin at 1. */
export function entityId(site: Site, counter: number): EntityId {
  return (site * COUNTERS + counter) as EntityId;
}

export function siteOf(id: EntityId): Site {
  return Math.floor(id / COUNTERS) as Site;
}

export function counterOf(id: EntityId): number {
  return id % COUNTERS;
}
