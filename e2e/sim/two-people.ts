import type { SimPeer } from './sim-peer.ts';
import { Simulation } from './simulation.ts';

/** Anna and Bert, connected, with one box of Anna's between them. */
export interface TwoPeople {
  readonly simulation: Simulation;
  readonly anna: SimPeer;
  readonly bert: SimPeer;
  readonly box: string;
}

export async function twoPeople(
  limits: Parameters<typeof Simulation.create>[1] = {},
): Promise<TwoPeople> {
  const simulation = await Simulation.create(1, limits);
  const anna = await simulation.peer({ author: 'anna' });
  const bert = await simulation.peer({ author: 'bert' });
  await simulation.quiesce();
  const box = create(anna, { name: 'Box' });
  await simulation.quiesce();
  return { simulation, anna, bert, box };
}

/** Makes an entity; returns its id. */
export function create(peer: SimPeer, params: Record<string, unknown> = {}): string {
  const { result } = peer.pipeline.execute('entity.create', params);
  return (result as { entity: string }).entity;
}

/** From now on nothing that this peer does is heard by others, until everybody is called together. */
export function goOffline(...peers: SimPeer[]): void {
  for (const peer of peers) {
    peer.online = false;
    peer.cut();
  }
}

function entityOf({ session: { document } }: SimPeer, id: string) {
  const entity = document.entityOf(document.parseId(id) ?? (0 as never));
  if (entity === undefined) throw new Error(`${id} was never made here.`);
  return entity;
}

/** What a peer has in a field. */
export function fieldOf(peer: SimPeer, id: string, component: string, field: string): unknown {
  const { document } = peer.session;
  const index = document.componentIndex(component) as number;
  const at = document.components[index]?.fields.findIndex(({ name }) => name === field) as number;
  return document.fieldValue(entityOf(peer, id), index, at);
}

export function positionOf(peer: SimPeer, id: string): unknown {
  return fieldOf(peer, id, 'transform', 'position');
}

export function nameOf(peer: SimPeer, id: string): unknown {
  return fieldOf(peer, id, 'name', 'value');
}

export function isAlive(peer: SimPeer, id: string): boolean {
  const { document } = peer.session;
  const entity = document.entityOf(document.parseId(id) ?? (0 as never));
  return entity !== undefined && document.isAlive(entity);
}

/** The id of the parent that people see; empty at the top. */
export function parentOf(peer: SimPeer, id: string): string {
  const { document } = peer.session;
  return document.formatId(document.idOf(document.effectiveParent(entityOf(peer, id))));
}
