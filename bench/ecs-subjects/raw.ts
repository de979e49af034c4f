import { DIRTY_STEP, STEP_SECONDS, type Subject } from './subject.ts';

/** Arrays that may be replaced by larger ones, as those of a growing world. */
function growable(position: Float32Array<ArrayBuffer>, velocity: Float32Array<ArrayBuffer>) {
  const columns = { position: new Float32Array(1), velocity: new Float32Array(1) };
  columns.position = position;
  columns.velocity = velocity;
  return columns;
}

/** No ECS: typed arrays, a mask an entity, a free list. The floor. */
export function create(count: number): Subject {
  const capacity = count * 2;
  const position = new Float32Array(capacity * 3);
  const velocity = new Float32Array(capacity * 3).fill(1);
  const extra = new Float32Array(capacity * 3);
  const masks = new Uint32Array(capacity).fill(3, 0, count);
  const freed = new Uint32Array(capacity);
  const dirtyFlags = new Uint8Array(capacity);
  const dirty = new Uint32Array(capacity);
  const columns = growable(new Float32Array(capacity * 3), velocity.slice());
  const step = STEP_SECONDS;
  let sum = 0;
  return {
    label: 'raw arrays',
    iterate() {
      for (let row = 0; row < count * 3; row += 3) {
        position[row]! += velocity[row]! * step;
        position[row + 1]! += velocity[row + 1]! * step;
        position[row + 2]! += velocity[row + 2]! * step;
      }
    },
    iterateOtherwise: {
      growable() {
        const { position, velocity } = columns;
        for (let row = 0; row < count * 3; row += 3) {
          position[row]! += velocity[row]! * step;
          position[row + 1]! += velocity[row + 1]! * step;
          position[row + 2]! += velocity[row + 2]! * step;
        }
      },
    },
    addAndRemove() {
      for (let i = 0; i < count; i++) {
        masks[i]! |= 4;
        extra[i * 3] = 0;
        extra[i * 3 + 1] = 0;
        extra[i * 3 + 2] = 0;
      }
      for (let i = 0; i < count; i++) masks[i]! &= ~4;
    },
    spawnAndDespawn() {
      for (let i = count; i < capacity; i++) {
        masks[i] = 3;
        position.fill(0, i * 3, i * 3 + 3);
        velocity.fill(0, i * 3, i * 3 + 3);
      }
      for (let i = count; i < capacity; i++) {
        masks[i] = 0;
        freed[i - count] = i;
      }
    },
    trackChanges() {
      let length = 0;
      for (let i = 0; i < count; i += DIRTY_STEP) {
        position[i * 3]! += 1;
        position[i * 3 + 1]! += 1;
        position[i * 3 + 2]! += 1;
        if (dirtyFlags[i] === 1) continue;
        dirtyFlags[i] = 1;
        dirty[length++] = i;
      }
      for (let at = 0; at < length; at++) {
        const i = dirty[at]!;
        dirtyFlags[i] = 0;
        sum += position[i * 3]!;
      }
      if (Number.isNaN(sum)) throw new Error('Positions are numbers.');
    },
  };
}
