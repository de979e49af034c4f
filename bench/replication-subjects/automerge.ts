import * as Automerge from '@automerge/automerge';
import type { Subject } from './subject.ts';

interface Scene {
  entities: Record<string, { position: number[] }>;
}

/** A packet is the changes since the last one. It is given fewer of them: all would take minutes. */
export function automergeSubject(entities: number, authors: number, edits: number): Subject {
  const scene: Scene = { entities: {} };
  for (let i = 0; i < entities; i++) scene.entities[i] = { position: [0, 0, 0] };
  const start = Automerge.save(Automerge.from(scene as unknown as Record<string, unknown>));
  const replicas = Array.from({ length: authors }, () => Automerge.load<Scene>(start));
  let receiver = Automerge.load<Scene>(start);
  return {
    label: 'automerge',
    note: `automerge is given the first ${edits} edits`,
    edits,
    signed: false,
    send(author, moves) {
      let doc = replicas[author] as Automerge.Doc<Scene>;
      const heads = Automerge.getHeads(doc);
      for (const { entity, position } of moves) {
        doc = Automerge.change(doc, (draft) => {
          const target = draft.entities[entity];
          if (target) target.position = [...position];
        });
      }
      replicas[author] = doc;
      return new Uint8Array(Automerge.saveSince(doc, heads));
    },
    receive(packet) {
      receiver = Automerge.loadIncremental(receiver, packet);
    },
    share(author, packet) {
      for (const [at, doc] of replicas.entries()) {
        if (at !== author) replicas[at] = Automerge.loadIncremental(doc, packet);
      }
    },
    snapshot: () => new Uint8Array(Automerge.save(receiver)),
    load: (snapshot) => [...(Automerge.load<Scene>(snapshot).entities[0]?.position ?? [])],
  };
}
