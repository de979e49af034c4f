import { stepsBetween } from './cells.ts';
import type { PresencePlace } from './presence-place.ts';

export interface InterestOptions {
  /** What is far is told so often, in ms, and then its latest state. */
  readonly farMs: number;
  /** Steps of cells that somebody may go away before he counts as far: no flicker at a border. */
  readonly hysteresis: number;
  /** Bytes of presence that a peer is sent, a second and at once. */
  readonly bytesPerSecond: number;
  readonly burstBytes: number;
  /** Near news waits so many times shorter than far news where not all of it can go. */
  readonly nearWeight: number;
}

export const INTEREST: InterestOptions = {
  farMs: 1000,
  hysteresis: 1,
  bytesPerSecond: 512 * 1024,
  burstBytes: 64 * 1024,
  nearWeight: 4,
};

/** What a peer shows, and of whom he hears. */
interface Person {
  place: PresencePlace | undefined;
  /** Of what he last showed, in bytes. */
  size: number;
  /** How often he has shown something. */
  version: number;
  /** Objects that he has selected. */
  attends: ReadonlySet<string>;
  readonly heard: Map<number, Hearing>;
  budget: number;
  refilledAt: number;
}

/** How one peer hears of another. */
interface Hearing {
  version: number;
  at: number;
  near: boolean;
}

export interface InterestCounts {
  /** Updates that reached a peer. */
  delivered: number;
  /** Updates that a later one of the same peer took the place of, before they were sent to one. */
  squashed: number;
}

/**
 * R3 for presence: who is told what somebody shows, and when. Near ones hear it at the next tick, far
 * ones the latest now and then. Everybody hears the last of it. Within a peer's budget the longest
 * waiting goes first, near ones sooner: nobody is starved.
 */
export class PresenceInterest {
  readonly counts: InterestCounts = { delivered: 0, squashed: 0 };
  readonly #options: InterestOptions;
  readonly #people = new Map<number, Person>();

  constructor(options: Partial<InterestOptions> = {}) {
    this.#options = { ...INTEREST, ...options };
  }

  /** Somebody has come, or come back: he has heard of nobody. */
  enter(id: number, now: number): void {
    const person = this.#person(id, now);
    person.heard.clear();
    person.budget = this.#options.burstBytes;
  }

  leave(id: number): void {
    this.#people.delete(id);
    for (const { heard } of this.#people.values()) heard.delete(id);
  }

  placeOf(id: number): PresencePlace | undefined {
    return this.#people.get(id)?.place;
  }

  /** @param size of what he shows, in bytes */
  show(id: number, place: PresencePlace, size: number, now: number): void {
    const person = this.#person(id, now);
    person.place = place;
    person.size = size;
    person.version += 1;
  }

  /** Tool scope: whoever has an object selected hears at once of who drags it, wherever he is. */
  attend(id: number, objects: readonly string[], now: number): void {
    this.#person(id, now).attends = new Set(objects);
  }

  /**
   * Whose news a peer is to be sent now, the most urgent first; it counts as sent.
   * @param mayShow whether a peer is shown to others at all
   */
  take(id: number, now: number, mayShow: (id: number) => boolean = () => true): number[] {
    const own = this.#person(id, now);
    this.#refill(own, now);
    const due: { readonly id: number; readonly person: Person; readonly urgency: number }[] = [];
    for (const [other, person] of this.#people) {
      if (other === id || person.version === 0) continue;
      const hearing = hearingOf(own, other);
      if (hearing.version === person.version || !mayShow(other)) continue;
      hearing.near = this.#isNear(own, person, hearing.near);
      const waited = now - hearing.at;
      if (!hearing.near && waited < this.#options.farMs) continue;
      due.push({
        id: other,
        person,
        urgency: waited * (hearing.near ? this.#options.nearWeight : 1),
      });
    }
    due.sort((a, b) => b.urgency - a.urgency);
    const taken: number[] = [];
    for (const { id: other, person } of due) {
      if (own.budget < person.size) break;
      own.budget -= person.size;
      this.#sent(hearingOf(own, other), person, now);
      taken.push(other);
    }
    return taken;
  }

  /** Whether anybody has yet to hear of anything. */
  get isBehind(): boolean {
    for (const [id, { heard }] of this.#people) {
      for (const [other, { version }] of this.#people) {
        if (other !== id && version > 0 && heard.get(other)?.version !== version) return true;
      }
    }
    return false;
  }

  #sent(hearing: Hearing, person: Person, now: number): void {
    // Who has just come has not missed what was before him.
    if (hearing.version > 0) this.counts.squashed += person.version - hearing.version - 1;
    this.counts.delivered += 1;
    hearing.version = person.version;
    hearing.at = now;
  }

  #isNear(own: Person, other: Person, before: boolean): boolean {
    if (own.place === undefined || other.place === undefined) return true;
    if (other.place.objects.some((object) => own.attends.has(object))) return true;
    const reach = own.place.reach + (before ? this.#options.hysteresis : 0);
    return stepsBetween(own.place.cells, other.place.cells) <= reach;
  }

  #refill(person: Person, now: number): void {
    const { bytesPerSecond, burstBytes } = this.#options;
    const gained = ((now - person.refilledAt) * bytesPerSecond) / 1000;
    person.budget = Math.min(burstBytes, person.budget + gained);
    person.refilledAt = now;
  }

  #person(id: number, now: number): Person {
    let person = this.#people.get(id);
    if (person === undefined) {
      person = {
        place: undefined,
        size: 0,
        version: 0,
        attends: new Set(),
        heard: new Map(),
        budget: this.#options.burstBytes,
        refilledAt: now,
      };
      this.#people.set(id, person);
    }
    return person;
  }
}

function hearingOf(own: Person, other: number): Hearing {
  let hearing = own.heard.get(other);
  if (hearing === undefined) {
    hearing = { version: 0, at: Number.NEGATIVE_INFINITY, near: false };
    own.heard.set(other, hearing);
  }
  return hearing;
}
