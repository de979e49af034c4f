import { LoroDoc, type LoroMap } from 'loro-crdt';
import type { Subject } from './subject.ts';

/** A `LoroMap` for each entity; a packet is what was committed since the last one. */
export function loroSubject(entities: number, authors: number): Subject {
  const seed = new LoroDoc();
  for (let i = 0; i < entities; i++) entityOf(seed, i).set('position', [0, 0, 0]);
  seed.commit();
  const start = seed.export({ mode: 'snapshot' });
  const replicas = Array.from({ length: authors }, () => LoroDoc.fromSnapshot(start));
  const receiver = LoroDoc.fromSnapshot(start);
  return {
    label: 'loro-crdt',
    signed: false,
    send(author, moves) {
      const doc = replicas[author] as LoroDoc;
      const from = doc.version();
      for (const { entity, position } of moves) {
        entityOf(doc, entity).set('position', [...position]);
        doc.commit();
      }
      return new Uint8Array(doc.export({ mode: 'update', from }));
    },
    receive: (packet) => void receiver.import(packet),
    share(author, packet) {
      for (const [at, doc] of replicas.entries()) if (at !== author) doc.import(packet);
    },
    snapshot: () => new Uint8Array(receiver.export({ mode: 'snapshot' })),
    load: (snapshot) =>
      entityOf(LoroDoc.fromSnapshot(snapshot), 0).get('position') as readonly number[],
  };
}

function entityOf(doc: LoroDoc, index: number): LoroMap {
  return doc.getMap('entities').ensureMergeableMap(String(index));
}
