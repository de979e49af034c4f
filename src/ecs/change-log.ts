import { type Entity, entityIndex, NO_ENTITY } from './entity.ts';

/** What became of a component of an entity since a reader last looked, all in all. */
export const Change = { added: 1, changed: 2, removed: 3 } as const;
export type ChangeKind = (typeof Change)[keyof typeof Change];

/** Holds the entity that has the component at an index now, or `NO_ENTITY`. */
export type HolderAt = (index: number) => Entity;

/** Receives a change; what is removed may be dead. */
export type Visit = (entity: Entity, kind: ChangeKind) => void;

const INITIAL_LOG = 64;

/**
 * What is kept of an index, side by side, so that a change looks at one place in memory: who has the
 * component there now, and one more than the place of the index's last entry, whether that entry is
 * still there or not.
 */
const HOLDER = 0;
const LAST = 1;
const MARKS = 2;

/** In an entry, above the thirty bits of the handle: the component came or went, too. */
const STRUCTURE = 1 << 30;

/**
 * Which entities' component changed, in order, for any number of readers that each read at their own
 * pace. An index is written again only if some reader has already passed its last entry, so that a
 * change costs two memory accesses however often it is repeated, and the log is never much longer
 * than the number of different indices in it. Without readers nothing is written.
 *
 * An entry of a written value is a handle that is reported as it is. One of a component that came or
 * went only says where to look: what a reader makes of it depends on what it was told before.
 */
export class ChangeLog {
  readonly #holderAt: HolderAt;
  readonly #readers: LogReader[] = [];
  readonly #placeLimit: number;
  /** Handles in the order of change. Places are counted from long ago: `#base` is that of the first. */
  #log = new Int32Array(INITIAL_LOG);
  #base = 0;
  /** The place of the next entry. */
  #end = 0;
  #marks = new Int32Array(0);
  /** The place that the furthest reader has read up to. */
  #furthest = 0;
  /** The place that every reader has read up to. */
  #slowest = 0;
  #reading = 0;
  #active = false;

  /** Places are counted anew when they come to `placeLimit`, which must be a small integer. */
  constructor(holderAt: HolderAt, placeLimit = 2 ** 29) {
    this.#holderAt = holderAt;
    this.#placeLimit = placeLimit;
  }

  get active(): boolean {
    return this.#active;
  }

  get byteLength(): number {
    const readers = this.#readers.reduce((sum, reader) => sum + reader.known.byteLength, 0);
    return this.#log.byteLength + this.#marks.byteLength + readers;
  }

  /** Makes room for indices below `capacity`. */
  grow(capacity: number): void {
    if (!this.active) return;
    this.#marks = enlarged(this.#marks, capacity * MARKS);
    for (const reader of this.#readers) reader.known = enlarged(reader.known, capacity);
  }

  /** Notes that a value was written, and says so, if anybody reads and the entity has one. */
  markValue(entity: Entity): boolean {
    // Before there are marks: engines read an array more slowly once they were asked beyond its end.
    if (!this.#active) return false;
    const at = entityIndex(entity) * MARKS;
    if (this.#marks[at + HOLDER] !== entity || entity === NO_ENTITY) return false;
    const last = this.#marks[at + LAST]!;
    if (last > this.#furthest) return true;
    const place = this.#end - this.#base;
    if (last > this.#slowest || place === this.#log.length) {
      this.#append(entity, 0);
      return true;
    }
    this.#log[place] = entity;
    this.#end += 1;
    this.#marks[at + LAST] = this.#end;
    return true;
  }

  /** Notes that the component came or went. Call it only while `active`. */
  markStructure(entity: Entity): void {
    const index = entityIndex(entity);
    this.#marks[index * MARKS + HOLDER] = this.#holderAt(index);
    const last = this.#marks[index * MARKS + LAST]!;
    if (last <= this.#furthest) this.#append(entity, STRUCTURE);
    else this.#log[last - 1 - this.#base]! |= STRUCTURE;
  }

  /**
   * A reader of what changes from now on. With `existing`, its first read reports every holder that
   * is there now as added.
   */
  observe(capacity: number, existing: boolean): ChangeReader {
    const known = new Int32Array(capacity);
    const reader: LogReader = { cursor: this.#end, known, fresh: existing };
    this.#readers.push(reader);
    this.#activate(capacity);
    this.#measurePace();
    if (!existing) for (let i = 0; i < capacity; i++) known[i] = this.#holderAt(i);
    return new ChangeReader(this, reader);
  }

  #activate(capacity: number): void {
    const wasActive = this.#active;
    this.#active = true;
    this.grow(capacity);
    if (wasActive) return;
    for (let i = 0; i < capacity; i++) this.#marks[i * MARKS + HOLDER] = this.#holderAt(i);
  }

  /** @internal for `ChangeReader` */
  hasChanges(reader: LogReader): boolean {
    return reader.fresh || reader.cursor < this.#end;
  }

  /** @internal for `ChangeReader` */
  read(reader: LogReader, visit: Visit): void {
    const end = this.#end;
    let at = reader.cursor;
    reader.cursor = end;
    this.#measurePace();
    if (reader.fresh) {
      this.#readExisting(reader, visit);
      return;
    }
    this.#reading += 1;
    // What is read already stays where it is: `visit` may add to the log, and have it copied.
    const log = this.#log;
    const base = this.#base;
    try {
      while (at < end) {
        const entry = log[at - base]!;
        const index = entityIndex(entry as Entity);
        at += 1;
        if (this.#marks[index * MARKS + LAST] !== at) continue;
        if ((entry & STRUCTURE) === 0) visit(entry as Entity, Change.changed);
        else this.#report(reader, index, visit);
      }
    } finally {
      this.#reading -= 1;
      // After a throw, what was not visited yet stays for the next read.
      if (at < end) this.#stayAt(reader, at);
    }
  }

  /** @internal for `ChangeReader` */
  dispose(reader: LogReader): void {
    const at = this.#readers.indexOf(reader);
    if (at < 0) return;
    this.#readers.splice(at, 1);
    this.#measurePace();
    this.#active = this.#readers.length > 0;
    if (this.#active) return;
    this.#log = new Int32Array(INITIAL_LOG);
    this.#marks = new Int32Array(0);
    this.#base = 0;
    this.#end = 0;
    this.#measurePace();
  }

  #append(entity: Entity, structure: number): void {
    if (this.#end - this.#base === this.#log.length) this.#makeRoom();
    const mark = entityIndex(entity) * MARKS + LAST;
    const last = this.#marks[mark]!;
    // A reader that has not come to the older entry will pass over it for this one.
    const inherited = last > this.#slowest ? this.#log[last - 1 - this.#base]! & STRUCTURE : 0;
    this.#log[this.#end - this.#base] = entity | structure | inherited;
    this.#end += 1;
    this.#marks[mark] = this.#end;
  }

  #stayAt(reader: LogReader, at: number): void {
    reader.cursor = at;
    this.#measurePace();
  }

  #measurePace(): void {
    let slowest = this.#end;
    let furthest = 0;
    for (const { cursor } of this.#readers) {
      if (cursor < slowest) slowest = cursor;
      if (cursor > furthest) furthest = cursor;
    }
    this.#slowest = slowest;
    this.#furthest = furthest;
  }

  #readExisting(reader: LogReader, visit: Visit): void {
    for (let index = 0; index < reader.known.length; index++) {
      const holder = this.#holderAt(index);
      if (reader.known[index] !== holder) this.#report(reader, index, visit);
    }
    reader.fresh = false;
  }

  #report(reader: LogReader, index: number, visit: Visit): void {
    const before = reader.known[index] as Entity;
    const now = this.#holderAt(index);
    reader.known[index] = now;
    if (before === now) {
      if (now !== NO_ENTITY) visit(now, Change.changed);
      return;
    }
    if (before !== NO_ENTITY) visit(before, Change.removed);
    if (now !== NO_ENTITY) visit(now, Change.added);
  }

  /** Drops what every reader has read, then what is written again later; else doubles the log. */
  #makeRoom(): void {
    if (this.#reading === 0) {
      this.#dropRead();
      if (this.#isHalfFull()) this.#dropRepeated();
      if (this.#end > this.#placeLimit) this.#countAnew();
    }
    if (this.#isHalfFull()) this.#log = enlarged(this.#log, this.#log.length * 2);
  }

  #isHalfFull(): boolean {
    return this.#end - this.#base > this.#log.length / 2;
  }

  #dropRead(): void {
    this.#log.copyWithin(0, this.#slowest - this.#base, this.#end - this.#base);
    this.#base = this.#slowest;
  }

  /** Moves the entries that still count towards the end, and the readers with them. */
  #dropRepeated(): void {
    const readers = this.#readers.toSorted((a, b) => b.cursor - a.cursor);
    let to = this.#end;
    let from = this.#end;
    for (const reader of readers) {
      to = this.#moveCurrent(reader.cursor, from, to);
      from = reader.cursor;
      reader.cursor = to;
    }
    this.#log.copyWithin(0, to - this.#base, this.#end - this.#base);
    this.#base = to;
    this.#measurePace();
  }

  /** Moves what counts of the entries from `start` to `end`, so that it ends at `to`; returns its start. */
  #moveCurrent(start: number, end: number, to: number): number {
    let place = to;
    for (let at = end - 1; at >= start; at--) {
      const entry = this.#log[at - this.#base]!;
      const mark = entityIndex(entry as Entity) * MARKS + LAST;
      if (this.#marks[mark] !== at + 1) continue;
      this.#marks[mark] = place;
      place -= 1;
      this.#log[place - this.#base] = entry;
    }
    return place;
  }

  #countAnew(): void {
    for (let mark = LAST; mark < this.#marks.length; mark += MARKS) {
      this.#marks[mark] = Math.max(0, this.#marks[mark]! - this.#base);
    }
    for (const reader of this.#readers) reader.cursor -= this.#base;
    this.#end -= this.#base;
    this.#base = 0;
    this.#measurePace();
  }
}

interface LogReader {
  /** The place in the log up to which this reader has read. */
  cursor: number;
  /** For each index the holder that was last reported. */
  known: Int32Array<ArrayBuffer>;
  /** Whether the first read, of all that is there, is still to come. */
  fresh: boolean;
}

/** Tells one consumer what changed since it last asked. */
export class ChangeReader {
  readonly #log: ChangeLog;
  readonly #reader: LogReader;

  constructor(log: ChangeLog, reader: LogReader) {
    this.#log = log;
    this.#reader = reader;
  }

  /** Whether `read` may have something to report. */
  get pending(): boolean {
    return this.#log.hasChanges(this.#reader);
  }

  /**
   * Visits each entity whose component was added, written or removed since the last read, once,
   * with the net of it: added and removed again is not reported, removed and added again is
   * `changed`. An entity reported as removed may be dead. The order is about that of the changes.
   * What `visit` itself changes is reported by the next read. After a throw, the entities not
   * reached are reported next time.
   */
  read(visit: Visit): void {
    this.#log.read(this.#reader, visit);
  }

  /** Stops the tracking; a component without readers costs nothing. */
  dispose(): void {
    this.#log.dispose(this.#reader);
  }
}

function enlarged(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (array.length >= length) return array;
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}
