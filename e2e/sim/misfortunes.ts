import type { Random } from '../../src/shared/random.ts';
import { RUNGS } from '../../src/transport/transport.ts';
import type { SimPeer } from './sim-peer.ts';
import type { Simulation } from './simulation.ts';

interface Misfortune {
  /** Of a hundred steps, how many bring it. */
  readonly percent: number;
  readonly name: string;
  readonly strike: (peer: SimPeer) => void | Promise<void>;
}

const LONGEST_OFFLINE_MS = 3000;
/** Longer than either end waits for a sign of life. */
const LONGEST_SLEEP_MS = 20_000;
const LONG_PAUSE_MS = 90_000;

/** What befalls a session besides the weather of its network, and how it gets well again. */
export class Misfortunes {
  readonly #simulation: Simulation;
  readonly #random: Random;
  readonly #opened: (peer: SimPeer) => void;
  readonly #all: readonly Misfortune[];

  /** @param opened told of each page that is opened again */
  constructor(simulation: Simulation, random: Random, opened: (peer: SimPeer) => void) {
    this.#simulation = simulation;
    this.#random = random;
    this.#opened = opened;
    this.#all = [
      { percent: 4, name: 'line cut', strike: (peer) => peer.cut() },
      { percent: 3, name: 'goes offline', strike: (peer) => this.#goOffline(peer) },
      { percent: 2, name: 'loses a rung', strike: (peer) => this.#loseRung(peer) },
      { percent: 2, name: 'falls asleep', strike: (peer) => this.#sleep(peer) },
      { percent: 2, name: 'page dies', strike: (peer) => this.#reopen(peer) },
      { percent: 1, name: 'and others are cut off', strike: () => this.#partition() },
      { percent: 2, name: 'sees the server crash', strike: () => this.#crash() },
      { percent: 1, name: 'sees the disk fail', strike: () => this.#failDisk() },
      { percent: 0.5, name: 'waits long', strike: () => this.#simulation.run(LONG_PAUSE_MS) },
    ];
  }

  /** Lets one of them happen, or none; says which. */
  async befall(peer: SimPeer): Promise<string | undefined> {
    let chance = this.#random.next() * 100;
    for (const { percent, name, strike } of this.#all) {
      chance -= percent;
      if (chance >= 0) continue;
      await strike(peer);
      return `${peer.name} ${name}`;
    }
    return undefined;
  }

  /** Everything works again. */
  async heal(): Promise<void> {
    const { storage, peers } = this.#simulation;
    storage.failures = 0;
    for (const peer of peers) {
      peer.online = true;
      peer.reachable = true;
      for (const kind of RUNGS) peer.ways.lives(kind);
      peer.wake();
    }
    await this.#simulation.quiesce();
  }

  #goOffline(peer: SimPeer): void {
    this.#simulation.faults.count('offline spells');
    peer.online = false;
    peer.cut();
    this.#later(LONGEST_OFFLINE_MS, () => {
      peer.online = true;
    });
  }

  /** As in a network that swallows UDP: what goes by that rung is gone, and nobody is told. */
  #loseRung({ ways }: SimPeer): void {
    this.#simulation.faults.count('rungs that swallow what is sent');
    const kind = RUNGS[this.#random.below(RUNGS.length - 1)]!;
    ways.dies(kind);
    this.#later(LONGEST_SLEEP_MS, () => ways.lives(kind));
  }

  #sleep(peer: SimPeer): void {
    this.#simulation.faults.count('pages asleep');
    peer.sleep();
    this.#later(LONGEST_SLEEP_MS, () => peer.wake());
  }

  async #reopen(peer: SimPeer): Promise<void> {
    this.#simulation.faults.count('pages killed');
    peer.wake();
    peer.kill();
    await this.#simulation.run(this.#random.below(200));
    let isOpen = false;
    const opening = peer.open().then(() => {
      isOpen = true;
    });
    // A page may need content from the network before it can show what it last knew.
    await this.#simulation.until(`${peer.name} opens`, () => isOpen);
    await opening;
    this.#opened(peer);
  }

  /** Some hear nothing of the server for a while, nor it of them; nobody is told. */
  #partition(): void {
    this.#simulation.faults.count('partitions');
    const { peers } = this.#simulation;
    const away = peers.filter(() => this.#random.below(2) === 0);
    for (const peer of away) {
      peer.reachable = false;
      peer.ways.stall();
    }
    this.#later(LONGEST_SLEEP_MS, () => {
      for (const peer of away) {
        peer.reachable = true;
        peer.ways.resume();
      }
    });
  }

  /** At a moment in which something is being written, if one comes soon. */
  async #crash(): Promise<void> {
    const { storage } = this.#simulation;
    for (let left = this.#random.below(40); left > 0 && !storage.isWriting; left--)
      await this.#simulation.run(1 + this.#random.below(5));
    await this.#simulation.crashServer(this.#random.below(3) === 0);
  }

  #failDisk(): void {
    this.#simulation.storage.failures = 1;
  }

  #later(withinMs: number, fn: () => void): void {
    this.#simulation.clock.setTimer(fn, this.#random.below(withinMs));
  }
}
