import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Entity } from '../../ecs/entity.ts';
import type { PreviewState, PreviewTransform } from './states.ts';

/** Transforms shown in place of the document's while somebody drags. */
export class Previews {
  readonly #own = new Map<Entity, PreviewTransform>();
  readonly #peers = new Map<string, ReadonlyMap<Entity, PreviewTransform>>();
  readonly store: StoreApi<PreviewState> = createStore(() => ({
    own: this.#own as ReadonlyMap<Entity, PreviewTransform>,
    peers: this.#peers as ReadonlyMap<string, ReadonlyMap<Entity, PreviewTransform>>,
    version: 0,
  }));

  get own(): ReadonlyMap<Entity, PreviewTransform> {
    return this.#own;
  }

  /** Shows these of one's own, beside those shown before. */
  show(transforms: Iterable<readonly [Entity, PreviewTransform]>): void {
    for (const [entity, transform] of transforms) this.#own.set(entity, transform);
    this.#changed();
  }

  clear(): void {
    if (this.#own.size === 0) return;
    this.#own.clear();
    this.#changed();
  }

  /** What a peer is dragging now; none: it has let go. */
  showPeer(peer: string, transforms: ReadonlyMap<Entity, PreviewTransform>): void {
    if (transforms.size === 0 && !this.#peers.has(peer)) return;
    if (transforms.size === 0) this.#peers.delete(peer);
    else this.#peers.set(peer, transforms);
    this.#changed();
  }

  #changed(): void {
    this.store.setState({ version: this.store.getState().version + 1 });
  }
}
