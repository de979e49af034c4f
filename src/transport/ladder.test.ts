import { describe, expect, it } from 'vitest';
import { ThetaError } from '../shared/errors.ts';
import { type Deferred, deferred } from './deferred.ts';
import { LADDER_DEFAULTS, Ladder, type Rung } from './ladder.ts';
import { MemoryNetwork } from './memory.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { type CloseInfo, RUNGS, type RungName, type Transport } from './transport.ts';

const { headStartMs, hastyHeadStartMs, firstPauseMs, lastPauseMs } = LADDER_DEFAULTS;

/** A ladder whose rungs open and fail when the test says so. */
class Scene {
  readonly clock = new ManualClock();
  readonly ladder: Ladder;
  readonly closed: CloseInfo[] = [];
  rungs: readonly RungName[] = RUNGS;
  asked = 0;
  readonly #network = new MemoryNetwork();
  readonly #attempts: { readonly kind: RungName; readonly result: Deferred<Transport> }[] = [];

  constructor() {
    this.ladder = new Ladder({
      clock: this.clock,
      rungs: async () => {
        this.asked += 1;
        return this.rungs.map((kind): Rung => ({ kind, connect: () => this.#attempt(kind) }));
      },
    });
  }

  /** The rungs that are being tried, or were, in the order of their beginning. */
  get attempts(): readonly RungName[] {
    return this.#attempts.map(({ kind }) => kind);
  }

  async opens(kind: RungName): Promise<Transport> {
    const [end] = this.#network.connect();
    end.onClose = (info) => this.closed.push(info);
    Object.defineProperty(end, 'kind', { value: kind });
    this.#last(kind).resolve(end);
    await turn();
    return end;
  }

  async fails(kind: RungName, code = 'connect-failed'): Promise<void> {
    this.#last(kind).reject(new ThetaError(code, `no ${kind}`));
    await turn();
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await turn();
  }

  /** What was closed comes to its end. */
  settle(): void {
    this.#network.flush();
  }

  #attempt(kind: RungName): Promise<Transport> {
    const result = deferred<Transport>();
    this.#attempts.push({ kind, result });
    return result.promise;
  }

  #last(kind: RungName): Deferred<Transport> {
    return this.#attempts.findLast((each) => each.kind === kind)!.result;
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The best rung fails, the last one works: what the ladder remembers of it. */
async function onTheLastRung(): Promise<Scene> {
  const scene = new Scene();
  scene.rungs = ['webtransport', 'websocket'];
  const connecting = scene.ladder.connect();
  await turn();
  await scene.fails('webtransport');
  await scene.opens('websocket');
  await connecting;
  return scene;
}

describe('T2: the ladder', () => {
  it('takes the best rung, and tries no other while it may still open', async () => {
    const scene = new Scene();
    const connecting = scene.ladder.connect();
    await scene.pass(headStartMs.webtransport - 1);
    expect(scene.attempts).toEqual(['webtransport']);
    const transport = await scene.opens('webtransport');
    expect(await connecting).toBe(transport);
    await scene.pass(10 * headStartMs.webtransport);
    expect(scene.attempts).toEqual(['webtransport']);
  });

  it('goes down at once from a rung that refuses', async () => {
    const scene = new Scene();
    const connecting = scene.ladder.connect();
    await turn();
    await scene.fails('webtransport');
    await scene.fails('webrtc');
    const transport = await scene.opens('websocket');
    expect(await connecting).toBe(transport);
  });

  it('goes down past rungs that say nothing, and closes what opens too late', async () => {
    const scene = new Scene();
    const connecting = scene.ladder.connect();
    await scene.pass(0);
    await scene.pass(headStartMs.webtransport);
    await scene.pass(headStartMs.webrtc);
    expect(scene.attempts).toEqual([...RUNGS]);
    const transport = await scene.opens('websocket');
    expect(await connecting).toBe(transport);
    await scene.opens('webtransport');
    scene.settle();
    expect(scene.closed).toEqual([expect.objectContaining({ code: 0, clean: true })]);
  });

  it('says in words that nothing answers, or that this browser has none of it', async () => {
    const scene = new Scene();
    scene.rungs = ['webtransport', 'websocket'];
    const refused = expect(scene.ladder.connect()).rejects.toMatchObject({ code: 'unreachable' });
    await turn();
    await scene.fails('webtransport');
    await scene.fails('websocket');
    await refused;
    scene.rungs = ['webtransport'];
    const unsupported = expect(scene.ladder.connect()).rejects.toMatchObject({
      code: 'unsupported',
      message: 'no webtransport',
    });
    await turn();
    await scene.fails('webtransport', 'connect-unsupported');
    await unsupported;
    scene.rungs = [];
    await expect(scene.ladder.connect()).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('begins with another rung while one that failed is passed over', async () => {
    const scene = await onTheLastRung();
    const again = scene.ladder.connect();
    await turn();
    expect(scene.attempts.slice(2)).toEqual(['websocket']);
    await scene.opens('websocket');
    await again;
    await scene.pass(firstPauseMs);
    void scene.ladder.connect();
    await turn();
    expect(scene.attempts.slice(3)).toEqual(['webtransport']);
  });

  it('climbs when the pause is over, and waits longer after each failure', async () => {
    const scene = await onTheLastRung();
    for (let pause = firstPauseMs; pause <= 4 * lastPauseMs; pause *= 2) {
      const { length } = scene.attempts;
      await scene.pass(Math.min(pause, lastPauseMs) - 1);
      expect(await scene.ladder.climb('websocket')).toBeUndefined();
      expect(scene.attempts).toHaveLength(length);
      await scene.pass(1);
      const climbing = scene.ladder.climb('websocket');
      await turn();
      await scene.fails('webtransport');
      expect(await climbing).toBeUndefined();
    }
    await scene.pass(lastPauseMs);
    const climbing = scene.ladder.climb('websocket');
    await turn();
    const transport = await scene.opens('webtransport');
    expect(await climbing).toBe(transport);
  });

  it('does not even ask for the rungs where there is nothing to climb to', async () => {
    const scene = await onTheLastRung();
    const { asked } = scene;
    await scene.pass(firstPauseMs);
    expect(await scene.ladder.climb('webtransport')).toBeUndefined();
    expect(scene.asked).toBe(asked);
  });

  it('climbs at once after a change of the network, or when a rung has earned trust', async () => {
    for (const pardon of [
      (scene: Scene) => scene.ladder.forgive(),
      (scene: Scene) => scene.ladder.trust('webtransport'),
    ]) {
      const scene = await onTheLastRung();
      pardon(scene);
      const climbing = scene.ladder.climb('websocket');
      await turn();
      const transport = await scene.opens('webtransport');
      expect(await climbing).toBe(transport);
    }
  });

  it('in haste too, gives WebRTC the time that its handshakes take before a WebSocket is opened', async () => {
    const scene = new Scene();
    const first = scene.ladder.connect();
    await turn();
    await scene.opens('webtransport');
    await first;
    const replacing = scene.ladder.replace('webtransport');
    await scene.pass(hastyHeadStartMs.webtransport);
    await scene.pass(4 * hastyHeadStartMs.webtransport);
    expect(scene.attempts.slice(1)).toEqual(['webtransport', 'webrtc']);
    const transport = await scene.opens('webrtc');
    expect(await replacing).toBe(transport);
  });

  it('replaces a silent rung in haste: by itself if it opens, else by the next', async () => {
    const scene = new Scene();
    const first = scene.ladder.connect();
    await turn();
    await scene.opens('webtransport');
    await first;
    const { asked } = scene;
    const itself = scene.ladder.replace('webtransport');
    await turn();
    const again = await scene.opens('webtransport');
    expect(await itself).toBe(again);

    const other = scene.ladder.replace('webtransport');
    await scene.pass(hastyHeadStartMs.webtransport);
    await scene.pass(hastyHeadStartMs.webrtc);
    expect(scene.attempts.slice(2)).toEqual([...RUNGS]);
    const transport = await scene.opens('websocket');
    expect(await other).toBe(transport);
    expect(scene.asked).toBe(asked);

    const climbing = scene.ladder.climb('websocket');
    await turn();
    expect(scene.attempts.slice(5), 'the silent one is passed over').toEqual(['webrtc']);
    await scene.opens('webrtc');
    await climbing;
  });
});
