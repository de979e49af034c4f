import type { Document } from '../../ecs/document/document.ts';
import { entityId } from '../../ecs/document/entity-id.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { PreviewTransform } from '../../editor/editor.ts';
import type { Presence } from '../../protocol/generated/types.ts';
import { AvatarTrack } from './headset-pose.ts';

/** What somebody else does now, in terms of this document. */
export interface PeerPresence {
  readonly view: { readonly position: Triple; readonly rotation: Quadruple } | undefined;
  readonly cursor: Triple | undefined;
  /** Of somebody in a headset, in place of the two above. */
  readonly avatar: AvatarTrack | undefined;
  readonly preview: ReadonlyMap<Entity, PreviewTransform>;
}

type Triple = [number, number, number];
type Quadruple = [number, number, number, number];

/** A peer that is farther away than this is not believed. */
const FARTHEST_M = 100_000;

/** The latest of each peer; older datagrams that come late are dropped. */
export class PresenceReceiver {
  readonly #document: Document;
  readonly #ticks = new Map<number, number>();
  readonly #tracks = new Map<number, AvatarTrack>();
  readonly #latest = new Map<number, PeerPresence>();

  constructor(document: Document) {
    this.#document = document;
  }

  of(peer: number): PeerPresence | undefined {
    return this.#latest.get(peer);
  }

  /** A peer's page may be another from now on, and count anew. */
  begin(peer: number): void {
    this.#ticks.delete(peer);
  }

  /** Whether it was news. */
  receive(presence: Presence, now: number): boolean {
    const { peer, tick, view, cursor, headset, sites = [], preview = [] } = presence;
    // Poses that come late fill the gaps between those that came before them.
    if (headset) this.#trackOf(peer).add(headset, now);
    else this.#tracks.delete(peer);
    if (tick <= (this.#ticks.get(peer) ?? -1)) return false;
    this.#ticks.set(peer, tick);
    const local = sites.map((site) => this.#document.sites.find(site.author, site.replica));
    const previews = new Map<Entity, PreviewTransform>();
    for (const { entity, position, rotation, scale } of preview) {
      const site = local[entity.site];
      const known = site && this.#document.entityOf(entityId(site, entity.counter));
      if (known === undefined || !isNear(position)) continue;
      previews.set(known, {
        position: triple(position),
        rotation: [rotation.x, rotation.y, rotation.z, rotation.w],
        scale: triple(scale),
      });
    }
    this.#latest.set(peer, {
      view:
        view && isNear(view.position)
          ? {
              position: triple(view.position),
              rotation: [view.rotation.x, view.rotation.y, view.rotation.z, view.rotation.w],
            }
          : undefined,
      cursor: cursor && isNear(cursor) ? triple(cursor) : undefined,
      avatar: this.#tracks.get(peer),
      preview: previews,
    });
    return true;
  }

  /** Keeps only those who are here. */
  retain(peers: ReadonlySet<number>): void {
    for (const peer of [...this.#tracks.keys()]) if (!peers.has(peer)) this.#tracks.delete(peer);
    for (const peer of [...this.#latest.keys()]) if (!peers.has(peer)) this.#latest.delete(peer);
    for (const peer of [...this.#ticks.keys()]) if (!peers.has(peer)) this.#ticks.delete(peer);
  }

  #trackOf(peer: number): AvatarTrack {
    const track = this.#tracks.get(peer) ?? new AvatarTrack();
    this.#tracks.set(peer, track);
    return track;
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

function triple({ x, y, z }: Point): Triple {
  return [x, y, z];
}

function isNear({ x, y, z }: Point): boolean {
  return Math.max(Math.abs(x), Math.abs(y), Math.abs(z)) <= FARTHEST_M;
}
