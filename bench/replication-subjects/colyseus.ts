import { Decoder, Encoder, MapSchema, schema, t } from '@colyseus/schema';
import type { Bytes } from '../../src/shared/bytes.ts';
import type { Move, Subject } from './subject.ts';

const Entity = schema({ x: t.float32(), y: t.float32(), z: t.float32() });
const Scene = schema({ entities: t.map(Entity) });

/**
 * State of one server that is sent to watchers: there are no authors in it, nothing merges, and nothing
 * is kept of who wrote. Shown because people use it for games.
 */
export function colyseusSubject(entities: number): Subject {
  Encoder.BUFFER_SIZE = 1 << 20;
  const state = new Scene();
  state.entities = new MapSchema<InstanceType<typeof Entity>>();
  const all = Array.from({ length: entities }, (_, i) => {
    const entity = new Entity();
    Object.assign(entity, { x: 0, y: 0, z: 0 });
    state.entities.set(String(i), entity);
    return entity;
  });
  const encoder = new Encoder(state);
  const whole = (): Bytes => new Uint8Array(encoder.encodeAll());
  const receiver = new Decoder(new Scene());
  receiver.decode(whole());
  encoder.discardChanges();
  const edit = (moves: readonly Move[]): void => {
    for (const { entity, position } of moves) {
      const [x, y, z] = position;
      Object.assign(all[entity] as object, { x, y, z });
    }
  };
  return {
    label: '@colyseus/schema',
    note: '@colyseus/schema holds one server’s state: no authors, no merging, no stamps',
    signed: false,
    send(_author, moves) {
      edit(moves);
      const packet = new Uint8Array(encoder.encode());
      encoder.discardChanges();
      return packet;
    },
    receive: (packet) => void receiver.decode(packet),
    share: () => undefined,
    snapshot: whole,
    load(snapshot) {
      const fresh = new Decoder(new Scene());
      fresh.decode(snapshot);
      const first = fresh.state.entities.get('0');
      return first ? [first.x, first.y, first.z] : [];
    },
  };
}
