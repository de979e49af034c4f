import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Entity } from '../../ecs/entity.ts';
import type { PreviewState, PreviewTransform, PreviewValue } from './states.ts';

/** What is shown in place of the document's values while somebody drags. */
export class Previews {
  readonly #own = new Map<Entity, PreviewTransform>();
  readonly #fields = new Map<Entity, Record<string, Record<string, PreviewValue>>>();
  readonly #peers = new Map<string, ReadonlyMap<Entity, PreviewTransform>>();
  readonly store: StoreApi<PreviewState> = createStore<PreviewState>(() => ({
    own: this.#own,
    fields: this.#fields,
    peers: this.#peers,
    version: 0,
  }));

  get own(): ReadonlyMap<Entity, PreviewTransform> {
    return this.#own;
  }

  get hasFields(): boolean {
    return this.#fields.size > 0;
  }

  fieldOf(entity: Entity, component: string, field: string): PreviewValue | undefined {
    return this.#fields.get(entity)?.[component]?.[field];
  }

  /** Shows these of one's own, beside those shown before. */
  show(transforms: Iterable<readonly [Entity, PreviewTransform]>): void {
    for (const [entity, transform] of transforms) this.#own.set(entity, transform);
    this.#changed();
  }

  /** Shows values of a field of another component than `Transform`. */
  showFields(
    component: string,
    field: string,
    values: Iterable<readonly [Entity, PreviewValue]>,
  ): void {
    for (const [entity, value] of values) {
      const shown = this.#fields.get(entity) ?? {};
      this.#fields.set(entity, { ...shown, [component]: { ...shown[component], [field]: value } });
    }
    this.#changed();
  }

  /** Shows the document again, but for what peers drag. */
  clear(): void {
    if (this.#own.size === 0 && this.#fields.size === 0) return;
    this.#own.clear();
    this.#fields.clear();
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
