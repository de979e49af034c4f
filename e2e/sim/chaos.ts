import { messageOf } from '../../src/shared/errors.ts';
import { type Random, seededRandom } from '../../src/shared/random.ts';
import type { FaultCounts } from './faults.ts';
import { checkHealed } from './healed.ts';
import { HostileTransport } from './hostile.ts';
import { Misfortunes } from './misfortunes.ts';
import { FAIR, FOUL } from './network-weather.ts';
import { NO_SKEW, type Skew } from './peer-clock.ts';
import { bringAsset } from './random-assets.ts';
import { doSomething, showPresence } from './random-commands.ts';
import { seedPlatform } from './seeded-platform.ts';
import type { PeerOptions, SimPeer } from './sim-peer.ts';
import { Simulation } from './simulation.ts';

export interface ChaosOptions {
  readonly steps?: number;
  /** Honest peers, tabs counted one by one. */
  readonly peers?: number;
  /** Changes the shipped code's behaviour before anything happens: a planted fault. */
  readonly plant?: (simulation: Simulation) => void;
  readonly plantPeer?: (peer: SimPeer) => void;
}

/** What a run that held was made of. */
export interface ChaosReport {
  readonly faults: FaultCounts;
  /** Fingerprint of every byte and event in their order: the same for the same seed. */
  readonly trace: string;
  readonly events: number;
  /** Entries that were accepted or superseded. */
  readonly entries: number;
  readonly acknowledged: number;
}

const STEPS = 70;
const PEERS = 5;
const SLOW_DISK_MS = 150;
const A_DAY_MS = 86_400_000;

/** Who comes, in this order; the first two are tabs of one author. */
const CAST: readonly PeerOptions[] = [
  { author: 'anna' },
  { author: 'anna', replica: 1 },
  { author: 'bert' },
  { author: 'vera', role: 'viewer' },
];

/**
 * A session of several in which everything happens that may: edits of every kind, bad networks, dead
 * pages, sleeping ones, a server that crashes or cannot write, and hostile peers. When all is well
 * again, everybody must have the same, and the log must keep every promise.
 * @throws with the operations that led there
 */
export async function runChaos(seed: number, options: ChaosOptions = {}): Promise<ChaosReport> {
  // Its own randomness: what the network does is not moved by what the people do.
  const restore = seedPlatform(seededRandom(seed ^ 0xc0de));
  const chaos = new Chaos(seed, options);
  try {
    return await chaos.run();
  } catch (thrown) {
    const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown);
    throw new Error(`Seed ${seed}: ${message}\n${chaos.said.join('\n')}`, { cause: thrown });
  } finally {
    restore();
  }
}

class Chaos {
  readonly said: string[] = [];
  readonly #seed: number;
  readonly #options: ChaosOptions;
  readonly #random: Random;
  readonly #hostile: HostileTransport[] = [];
  #simulation!: Simulation;
  #misfortunes!: Misfortunes;

  constructor(seed: number, options: ChaosOptions) {
    this.#seed = seed;
    this.#options = options;
    this.#random = seededRandom(seed ^ 0x5eed);
  }

  async run(): Promise<ChaosReport> {
    await this.#begin();
    const simulation = this.#simulation;
    for (let step = this.#options.steps ?? STEPS; step > 0; step--) await this.#step();
    if (this.#random.below(2) === 0) await this.#join({ author: 'late' });
    await this.#misfortunes.heal();
    const { entries, acknowledged } = await checkHealed(simulation, () =>
      this.#join({ author: 'fresh' }),
    );
    const { faults, trace } = simulation;
    return { faults, trace: trace.digest(), events: trace.events, entries, acknowledged };
  }

  async #begin(): Promise<void> {
    const random = this.#random;
    const snapshotEvery = random.below(3) === 0 ? 8 : 1000;
    const maxResumedPackets = random.below(4) === 0 ? 3 : 5000;
    const slow = random.below(4) === 0 ? { packetBurst: 6, packetsPerSecond: 4 } : {};
    // More than may be under way at once; so that logs of this length begin with a snapshot at times.
    const rememberedPackets = 64;
    const limits = { snapshotEvery, rememberedPackets, maxResumedPackets, ...slow };
    this.#simulation = await Simulation.create(this.#seed, limits);
    this.#simulation.weather.climate = random.below(2) === 0 ? FOUL : FAIR;
    if (random.below(3) === 0) this.#simulation.storage.slowestMs = SLOW_DISK_MS;
    this.#misfortunes = new Misfortunes(this.#simulation, random, (peer) => this.#opened(peer));
    this.#options.plant?.(this.#simulation);
    const count = this.#options.peers ?? PEERS;
    for (let i = 0; i < count; i++) await this.#join(CAST[i] ?? { author: `guest${i}` });
    if (random.below(2) === 0) await this.#join(this.#hostileOptions('mallory', 'editor'));
    if (random.below(2) === 0) await this.#join(this.#hostileOptions('trudy', 'viewer'));
    await this.#simulation.quiesce();
  }

  #hostileOptions(author: string, role: 'editor' | 'viewer'): PeerOptions {
    const { random, faults, messages } = this.#simulation;
    const mayEdit = role === 'editor';
    const tamper: PeerOptions['tamper'] = (transport) => {
      const hostile = new HostileTransport(transport, author, mayEdit, random, faults, messages);
      this.#hostile.push(hostile);
      return hostile;
    };
    return { author, role, tamper };
  }

  async #join(options: PeerOptions): Promise<void> {
    const peer = await this.#simulation.peer({ ...options, skew: this.#skew() });
    this.#opened(peer);
  }

  #opened(peer: SimPeer): void {
    this.#options.plantPeer?.(peer);
  }

  #skew(): Skew {
    const random = this.#random;
    if (random.below(2) === 0) return NO_SKEW;
    this.#simulation.faults.count('clocks skewed');
    return { offsetMs: (random.next() - 0.5) * 2 * A_DAY_MS, rate: 0.98 + random.next() * 0.04 };
  }

  async #step(): Promise<void> {
    const random = this.#random;
    const simulation = this.#simulation;
    const peer = simulation.peers[random.below(simulation.peers.length)] as SimPeer;
    const misfortune = await this.#misfortunes.befall(peer);
    if (misfortune !== undefined) this.#say(misfortune);
    else await this.#act(peer);
    if (random.below(3) > 0) await simulation.run(random.below(150));
  }

  async #act(peer: SimPeer): Promise<void> {
    const random = this.#random;
    const hostile = this.#hostile[random.below(this.#hostile.length)];
    if (hostile && random.below(8) === 0) {
      this.#say('a hostile peer attacks');
      await hostile.attack();
      return;
    }
    if (random.below(4) === 0) showPresence(random, peer);
    if (peer.session.role === 'viewer' && peer.options.role === 'editor') return;
    try {
      const { faults } = this.#simulation;
      const asset = random.below(16) === 0 && peer.options.role === 'editor';
      this.#say(
        `${peer.name}: ${asset ? bringAsset(random, peer, faults) : doSomething(random, peer)}`,
      );
    } catch (thrown) {
      const refused = thrown instanceof Error && 'code' in thrown && thrown.code === 'role';
      if (!refused) throw thrown;
    }
  }

  #say(what: string): void {
    this.said.push(`${Math.round(this.#simulation.clock.now())} ms ${what}`);
  }
}
