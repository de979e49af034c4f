import * as Y from 'yjs';
import type { Move, Subject } from './subject.ts';

/** A `Y.Map` for each entity; a packet is the merged updates of its edits. */
export function yjsSubject(entities: number, authors: number): Subject {
  const seed = new Y.Doc();
  seed.transact(() => {
    for (let i = 0; i < entities; i++) {
      const entity = new Y.Map();
      entity.set('position', [0, 0, 0]);
      seed.getMap('entities').set(String(i), entity);
    }
  });
  const start = Y.encodeStateAsUpdate(seed);
  const replicaOf = (snapshot: Uint8Array): Y.Doc => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, snapshot);
    return doc;
  };
  const replicas = Array.from({ length: authors }, () => replicaOf(start));
  const receiver = replicaOf(start);
  const edit = (doc: Y.Doc, { entity, position }: Move): void => {
    doc
      .getMap<Y.Map<unknown>>('entities')
      .get(String(entity))
      ?.set('position', [...position]);
  };
  return {
    label: 'yjs',
    signed: false,
    send(author, moves) {
      const doc = replicas[author] as Y.Doc;
      const updates: Uint8Array[] = [];
      const take = (bytes: Uint8Array): void => void updates.push(bytes);
      doc.on('update', take);
      for (const move of moves) doc.transact(() => edit(doc, move));
      doc.off('update', take);
      return new Uint8Array(Y.mergeUpdates(updates));
    },
    receive: (packet) => Y.applyUpdate(receiver, packet),
    share(author, packet) {
      for (const [at, doc] of replicas.entries()) if (at !== author) Y.applyUpdate(doc, packet);
    },
    snapshot: () => new Uint8Array(Y.encodeStateAsUpdate(receiver)),
    load: (snapshot) =>
      replicaOf(snapshot).getMap<Y.Map<number[]>>('entities').get('0')?.get('position') ?? [],
  };
}
