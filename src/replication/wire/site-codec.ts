import {
  counterOf,
  type EntityId,
  entityId,
  NO_ENTITY_ID,
  siteOf,
} from '../../ecs/document/entity-id.ts';
import { NO_SITE, type Site, type SiteTable } from '../../ecs/document/sites.ts';
import { NO_STAMP, type Stamp } from '../../ecs/document/stamps.ts';
import type {
  EntityId as WireEntityId,
  Site as WireSite,
  Stamp as WireStamp,
} from '../../protocol/generated/types.ts';
import { wireFault } from './wire-fault.ts';

/** Numbers the sites that a buffer mentions, the packet's own first, and collects its table. */
export class SiteWriter {
  readonly #sites: SiteTable;
  readonly #indices = new Map<Site, number>();
  #last: Site | undefined;
  #lastIndex = 0;

  constructor(sites: SiteTable, own?: Site) {
    this.#sites = sites;
    if (own !== undefined) this.#indices.set(own, 0);
  }

  index(site: Site): number {
    // Mostly it is the one that was asked for before.
    if (site === this.#last) return this.#lastIndex;
    this.#last = site;
    this.#lastIndex = this.#find(site);
    return this.#lastIndex;
  }

  #find(site: Site): number {
    const known = this.#indices.get(site);
    if (known !== undefined) return known;
    const index = this.#indices.size;
    this.#indices.set(site, index);
    return index;
  }

  entity(id: EntityId): WireEntityId {
    if (id === NO_ENTITY_ID) return { site: 0, counter: 0 };
    return { site: this.index(siteOf(id)), counter: counterOf(id) };
  }

  stamp(stamp: Stamp): WireStamp {
    if (stamp.lamport === 0) return { lamport: 0, site: 0 };
    return { lamport: stamp.lamport, site: this.index(stamp.site) };
  }

  /** The table of what was mentioned, in the order of the indices. */
  table(): WireSite[] {
    return [...this.#indices.keys()].map((site) => this.#sites.identityOf(site));
  }
}

/**
 * Reads a buffer's sites into those of a document. Whoever is named must be known already when he is
 * first spoken of: nobody fills the table with strangers.
 */
export class SiteReader {
  readonly #sites: SiteTable;
  readonly #table: readonly WireSite[];
  readonly #local: Site[] = [];

  constructor(sites: SiteTable, table: readonly WireSite[]) {
    this.#sites = sites;
    this.#table = table;
  }

  /** @throws {WireFault} `invalid_value` for a site beyond the table, or one that nobody knows */
  site(index: number): Site {
    const known = this.#local[index];
    if (known) return known;
    const named = this.#table[index] ?? wireFault('invalid_value');
    const site = this.#sites.find(named.author, named.replica);
    if (site === NO_SITE) wireFault('invalid_value');
    this.#local[index] = site;
    return site;
  }

  entity(wire: WireEntityId | undefined): EntityId {
    if (wire === undefined || wire.counter === 0) return NO_ENTITY_ID;
    return entityId(this.site(wire.site), wire.counter);
  }

  stamp(wire: WireStamp | undefined): Stamp {
    if (wire === undefined || wire.lamport === 0) return NO_STAMP;
    return { lamport: wire.lamport, site: this.site(wire.site) };
  }
}
