import { expect } from 'vitest';
import { seededRandom } from '../../src/shared/random.ts';
import { auditLog } from './audit.ts';
import { doSomething } from './random-commands.ts';
import { type SimPeer, Simulation } from './simulation.ts';

export interface ChaosOptions {
  readonly steps?: number;
  /** Changes the shipped code's behaviour before anything happens: a planted fault. */
  readonly plant?: (simulation: Simulation) => void;
  readonly plantPeer?: (peer: SimPeer) => void;
}

const STEPS = 70;

/**
 * A session of several in which everything happens that may: edits of every kind, lost lines, dead
 * pages, a server that crashes or cannot write. When all is well again, everybody must have the same,
 * and the log must keep every promise. @throws with the operations that led there
 */
export async function runChaos(seed: number, options: ChaosOptions = {}): Promise<void> {
  const chaos = new Chaos(seed, options);
  try {
    await chaos.run();
    await chaos.check();
  } catch (thrown) {
    const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    throw new Error(`Seed ${seed}: ${message}\n${chaos.said.join('\n')}`, { cause: thrown });
  }
}

class Chaos {
  readonly said: string[] = [];
  readonly #seed: number;
  readonly #options: ChaosOptions;
  readonly #random;
  #simulation!: Simulation;

  constructor(seed: number, options: ChaosOptions) {
    this.#seed = seed;
    this.#options = options;
    // Its own: what the network does is not moved by what the people do.
    this.#random = seededRandom(seed ^ 0x5eed);
  }

  async run(): Promise<void> {
    const random = this.#random;
    const snapshotEvery = random.below(3) === 0 ? 8 : 1000;
    const maxResumedPackets = random.below(4) === 0 ? 3 : 5000;
    this.#simulation = await Simulation.create(this.#seed, { snapshotEvery, maxResumedPackets });
    this.#options.plant?.(this.#simulation);
    await this.#join({ author: 'anna' });
    await this.#join({ author: 'anna', replica: 1 });
    await this.#join({ author: 'bert' });
    await this.#join({ author: 'vera', role: 'viewer' });
    if (random.below(2) === 0) await this.#join({ author: 'carl' });
    await this.#simulation.quiesce();
    for (let step = this.#options.steps ?? STEPS; step > 0; step--) await this.#step();
    if (random.below(2) === 0) await this.#join({ author: 'late' });
  }

  async check(): Promise<void> {
    const simulation = this.#simulation;
    simulation.storage.failures = 0;
    await simulation.quiesce();
    const { storage, blobs, sessionId, peers } = simulation;
    const audit = await auditLog(storage, blobs, sessionId);
    expect(audit.faults.join('; ')).toBe('');
    await this.#join({ author: 'fresh' });
    await simulation.quiesce();
    for (const peer of peers)
      expect(`${peer.name} ${peer.hash}`).toBe(`${peer.name} ${audit.hash}`);
    expect(await simulation.serverHash()).toBe(audit.hash);
    this.#checkAcknowledged(audit.taken);
    // D2: what everybody sends honestly is no replay.
    for (const { name, notices } of peers) expect([name, ...notices]).not.toContain('replay');
  }

  /** D3: what was acknowledged is in the log, once. */
  #checkAcknowledged(taken: readonly string[]): void {
    const times = new Map<string, number>();
    for (const id of taken) times.set(id, (times.get(id) ?? 0) + 1);
    for (const [id, count] of times) expect(`${id} ${count}`).toBe(`${id} 1`);
    for (const { outcomes, name } of this.#simulation.peers) {
      for (const outcome of outcomes) {
        if (outcome.status !== 'accepted') continue;
        expect(times.has(outcome.id) ? '' : `${name}: ${outcome.id} was acknowledged`).toBe('');
      }
    }
  }

  async #join(options: Parameters<Simulation['peer']>[0]): Promise<void> {
    const peer = await this.#simulation.peer(options);
    this.#options.plantPeer?.(peer);
  }

  async #step(): Promise<void> {
    const random = this.#random;
    const simulation = this.#simulation;
    const peer = simulation.peers[random.below(simulation.peers.length)] as SimPeer;
    const chance = random.next();
    if (chance < 0.04) this.#say(peer, 'line cut', () => peer.cut());
    else if (chance < 0.07) this.#goOffline(peer);
    else if (chance < 0.09) await this.#reopen(peer);
    else if (chance < 0.105) this.#say(undefined, 'server crashes', () => simulation.crashServer());
    else if (chance < 0.115) {
      this.#say(undefined, 'disk fails', () => {
        simulation.storage.failures = 1;
      });
    } else if (chance < 0.12) {
      this.#say(undefined, 'a long pause', () => undefined);
      await simulation.run(90_000);
    } else this.#edit(peer);
    if (random.below(3) > 0) await simulation.run(random.next() * 150);
  }

  #edit(peer: SimPeer): void {
    if (peer.session.role === 'viewer' && peer.options.role === 'editor') return;
    try {
      this.#say(peer, doSomething(this.#random, peer), () => undefined);
    } catch (thrown) {
      const refused = thrown instanceof Error && 'code' in thrown && thrown.code === 'role';
      if (!refused) throw thrown;
    }
  }

  #goOffline(peer: SimPeer): void {
    this.#say(peer, 'goes offline', () => {
      peer.online = false;
      peer.cut();
      const { clock } = this.#simulation;
      clock.setTimer(() => {
        peer.online = true;
      }, this.#random.next() * 3000);
    });
  }

  async #reopen(peer: SimPeer): Promise<void> {
    this.#say(peer, 'page dies', () => peer.kill());
    await this.#simulation.run(this.#random.next() * 200);
    await peer.open();
    this.#options.plantPeer?.(peer);
  }

  #say(peer: SimPeer | undefined, what: string, act: () => void): void {
    const now = Math.round(this.#simulation.clock.now());
    this.said.push(`${now} ms ${peer?.name ?? ''}: ${what}`);
    act();
  }
}
