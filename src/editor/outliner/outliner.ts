import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChangeReader } from '../../ecs/change-log.ts';
import {
  Camera,
  Environment,
  Flags,
  Fog,
  Light,
  Mesh,
  Name,
  Primitive,
} from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { Scene } from '../scene.ts';
import type { Selection } from '../selection/selection.ts';
import type { Previews } from '../stores/previews.ts';
import type {
  EntityKind,
  KindGroup,
  OutlinerRow,
  OutlinerState,
  PeopleState,
  PreviewState,
  RowPeer,
} from '../stores/states.ts';
import { HierarchyTree } from './hierarchy-tree.ts';

/** What a row says of its entity alone, wherever it stands. */
type Face = Pick<OutlinerRow, 'id' | 'name' | 'kind' | 'hidden' | 'locked'>;

/** A row and the face that it was made with. */
interface KnownRow {
  readonly row: OutlinerRow;
  readonly face: Face;
}

const NOBODY: readonly RowPeer[] = [];

const FACE_COMPONENTS = [Name, Flags, Primitive, Mesh, Light, Camera, Environment, Fog] as const;

/**
 * The tree as rows. It does nothing while nothing changes, and keeps the rows that stay as they are. While
 * nobody listens they are worked out when they are read: who joins a large scene may act before.
 */
export class Outliner {
  readonly store: StoreApi<OutlinerState>;
  readonly #state = createStore<OutlinerState>(() => ({ rows: [], filter: '', kinds: [] }));
  #listeners = 0;
  readonly #scene: Scene;
  readonly #selection: Selection;
  readonly #tree: HierarchyTree;
  readonly #readers: readonly ChangeReader[];
  readonly #subscriptions: readonly (() => void)[];
  readonly #faces = new Map<Entity, Face>();
  readonly #expanded = new Set<Entity>();
  #rows: ReadonlyMap<Entity, KnownRow> = new Map();
  #peers: ReadonlyMap<Entity, readonly RowPeer[]> = new Map();
  #stale = true;

  constructor(
    scene: Scene,
    selection: Selection,
    people: StoreApi<PeopleState>,
    previews: Previews,
  ) {
    this.store = {
      ...this.#state,
      getState: () => {
        if (this.#listeners === 0) this.#catchUp();
        return this.#state.getState();
      },
      subscribe: (listener) => {
        let stop: (() => void) | undefined = this.#state.subscribe(listener);
        this.#listeners += 1;
        return () => {
          if (stop === undefined) return;
          stop();
          stop = undefined;
          this.#listeners -= 1;
        };
      },
    };
    this.#scene = scene;
    this.#selection = selection;
    this.#tree = new HierarchyTree(scene);
    this.#readers = FACE_COMPONENTS.map((component) => scene.document.world.observe(component));
    const lookAtPeers = (): void => {
      const now = peersBySelected(people.getState(), previews.store.getState());
      if (sameRowPeers(now, this.#peers)) return;
      this.#peers = now;
      this.#stale = true;
    };
    lookAtPeers();
    this.#subscriptions = [
      selection.store.subscribe((state, before) => {
        if (state.entities !== before.entities) this.#stale = true;
      }),
      people.subscribe(lookAtPeers),
      previews.store.subscribe(lookAtPeers),
    ];
  }

  /** Brings the rows up to date, where anybody listens. */
  update(): void {
    if (this.#listeners > 0) this.#catchUp();
  }

  #catchUp(): void {
    const suspects = new Set<Entity>();
    this.#tree.update((entity) => {
      suspects.add(entity);
      this.#stale = true;
    });
    for (const reader of this.#readers) {
      if (reader.pending) reader.read((entity) => suspects.add(entity));
    }
    for (const entity of suspects) this.#lookAgain(entity);
    if (!this.#stale) return;
    this.#stale = false;
    this.#state.setState({ rows: this.#flatten() });
  }

  setFilter(filter: string): void {
    if (filter === this.#state.getState().filter) return;
    this.#state.setState({ filter });
    this.#stale = true;
  }

  setKinds(kinds: readonly KindGroup[]): void {
    this.#state.setState({ kinds });
    this.#stale = true;
  }

  toggleExpanded(entity: Entity): void {
    if (!this.#expanded.delete(entity)) this.#expanded.add(entity);
    this.#stale = true;
  }

  /** Expands everything above an entity. */
  reveal(entity: Entity): void {
    const { document } = this.#scene;
    if (!document.isAlive(entity)) return;
    let above = document.effectiveParent(entity);
    for (; above !== NO_ENTITY; above = document.effectiveParent(above)) {
      if (this.#expanded.has(above)) continue;
      this.#expanded.add(above);
      this.#stale = true;
    }
  }

  /** The living children of an entity in their order; of `NO_ENTITY`, the top level. */
  childrenOf(parent: Entity): readonly Entity[] {
    this.#catchUp();
    return this.#tree.childrenOf(parent);
  }

  /** Every living entity. */
  entities(): Entity[] {
    this.#catchUp();
    return [...this.#tree.entities()];
  }

  dispose(): void {
    this.#tree.dispose();
    for (const reader of this.#readers) reader.dispose();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
  }

  #flatten(): readonly OutlinerRow[] {
    const shown = this.#matching();
    const known = new Map<Entity, KnownRow>();
    const rows: OutlinerRow[] = [];
    const stack: { readonly entity: Entity; readonly depth: number }[] = [];
    const push = (parent: Entity, depth: number): void => {
      const children = this.#tree.childrenOf(parent);
      for (let at = children.length - 1; at >= 0; at--) {
        const entity = children[at]!;
        if (shown === undefined || shown.has(entity)) stack.push({ entity, depth });
      }
    };
    push(NO_ENTITY, 0);
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const made = this.#rowOf(next.entity, next.depth, shown !== undefined);
      known.set(next.entity, made);
      rows.push(made.row);
      if (made.row.expanded) push(next.entity, next.depth + 1);
    }
    this.#rows = known;
    return rows;
  }

  /** Those of the wanted name and kind, and all above them; undefined without a filter. */
  #matching(): ReadonlySet<Entity> | undefined {
    const { filter, kinds } = this.#state.getState();
    const text = filter.trim().toLowerCase();
    if (text === '' && kinds.length === 0) return undefined;
    const wanted = new Set(kinds);
    const { document } = this.#scene;
    const shown = new Set<Entity>();
    for (const entity of this.#tree.entities()) {
      const { name, kind } = this.#faceOf(entity);
      if (wanted.size > 0 && !wanted.has(groupOf(kind))) continue;
      if (!name.toLowerCase().includes(text)) continue;
      let each = entity;
      while (each !== NO_ENTITY && !shown.has(each)) {
        shown.add(each);
        each = document.effectiveParent(each);
      }
    }
    return shown;
  }

  #rowOf(entity: Entity, depth: number, filtered: boolean): KnownRow {
    const face = this.#faceOf(entity);
    const hasChildren = this.#tree.childrenOf(entity).length > 0;
    const expanded = hasChildren && (filtered || this.#expanded.has(entity));
    const selected = this.#selection.has(entity);
    const peers = this.#peers.get(entity) ?? NOBODY;
    const before = this.#rows.get(entity);
    const same =
      before !== undefined &&
      before.face === face &&
      before.row.depth === depth &&
      before.row.hasChildren === hasChildren &&
      before.row.expanded === expanded &&
      before.row.selected === selected &&
      before.row.peers === peers;
    if (same) return before;
    const row = { entity, ...face, depth, hasChildren, expanded, selected, peers };
    return { row, face };
  }

  #faceOf(entity: Entity): Face {
    const known = this.#faces.get(entity);
    if (known !== undefined) return known;
    const face = this.#readFace(entity);
    this.#faces.set(entity, face);
    return face;
  }

  /** Forgets a face that no longer is as it was. */
  #lookAgain(entity: Entity): void {
    const known = this.#faces.get(entity);
    if (known === undefined) return;
    if (this.#scene.isObject(entity) && sameFace(known, this.#readFace(entity))) return;
    this.#faces.delete(entity);
    this.#stale = true;
  }

  #readFace(entity: Entity): Face {
    const { document } = this.#scene;
    return {
      id: document.formatId(document.idOf(entity)),
      name: this.#scene.nameOf(entity),
      kind: this.#scene.kindOf(entity),
      hidden: this.#scene.hasFlag(entity, 'hidden'),
      locked: this.#scene.hasFlag(entity, 'locked'),
    };
  }
}

function sameFace(a: Face, b: Face): boolean {
  return a.name === b.name && a.kind === b.kind && a.hidden === b.hidden && a.locked === b.locked;
}

const GROUPS: Readonly<Partial<Record<EntityKind, KindGroup>>> = {
  mesh: 'mesh',
  light: 'light',
  camera: 'camera',
  group: 'group',
  environment: 'surroundings',
  fog: 'surroundings',
};

function groupOf(kind: EntityKind): KindGroup {
  return GROUPS[kind] ?? 'shape';
}

function peersBySelected(
  { others }: PeopleState,
  { peers: drags }: PreviewState,
): ReadonlyMap<Entity, readonly RowPeer[]> {
  const found = new Map<Entity, RowPeer[]>();
  for (const { peer, name, color, selection } of others) {
    for (const entity of selection) {
      const dragging = drags.get(peer)?.has(entity) ?? false;
      const known = found.get(entity) ?? [];
      found.set(entity, known);
      known.push({ peer, name, color, dragging });
    }
  }
  return found;
}

/** People change more often than what rows show of them. */
function sameRowPeers(
  a: ReadonlyMap<Entity, readonly RowPeer[]>,
  b: ReadonlyMap<Entity, readonly RowPeer[]>,
): boolean {
  if (a.size !== b.size) return false;
  for (const [entity, peers] of a) {
    const others = b.get(entity);
    if (others?.length !== peers.length) return false;
    if (!peers.every((peer, at) => sameRowPeer(peer, others[at]!))) return false;
  }
  return true;
}

function sameRowPeer(a: RowPeer, b: RowPeer): boolean {
  return a.peer === b.peer && a.name === b.name && a.color === b.color && a.dragging === b.dragging;
}
