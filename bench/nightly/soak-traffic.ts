import '../../e2e/support/theta-window.ts';

export interface SoakTraffic {
  /** Milliseconds from each edit to its verdict since the last reading. */
  read(): number[];
  stop(): Promise<void>;
}

declare global {
  interface Window {
    soakTraffic: SoakTraffic;
  }
}

export interface SoakTrafficOptions {
  readonly entities: readonly string[];
  readonly everyMs: number;
}

/**
 * Runs in the page: edits a scene that stays the same size, as `window.soakTraffic`. Moves, renames,
 * selections, undo and redo; nothing is made or deleted, for
 * tombstones stay (O7).
 */
export function beginSoakTraffic({ entities, everyMs }: SoakTrafficOptions): void {
  const { theta } = window;
  let latencies: number[] = [];
  let turn = 0;
  let last: Promise<unknown> = Promise.resolve();
  const one = (): string => entities[turn % entities.length]!;
  const edits: readonly (() => Promise<unknown>)[] = [
    () => theta.execute('transform.set', { entity: one(), position: [turn % 17, 0, turn % 13] }),
    () =>
      theta.execute('transform.translate', {
        entity: one(),
        offset: [0, turn % 20 < 10 ? 1 : -1, 0],
      }),
    () => theta.undo(),
    () => theta.execute('entity.rename', { entity: one(), name: `Thing ${turn % 100}` }),
    () => theta.execute('material.set', { entity: one(), roughness: (turn % 10) / 10 }),
    () => theta.undo(),
    () => theta.redo(),
    () => theta.execute('selection.highlight', { entities: [one()] }),
    () => theta.execute('transform.rotate', { entity: one(), rotation: [0, 0.6, 0, 0.8] }),
    () =>
      theta.execute('component.set', {
        entity: one(),
        component: 'primitive',
        value: { width: 1 + (turn % 7) },
      }),
  ];
  const step = async (): Promise<void> => {
    const began = performance.now();
    const edit = edits[turn++ % edits.length]!;
    await edit();
    latencies.push(performance.now() - began);
  };
  const timer = setInterval(() => {
    last = last.then(step);
  }, everyMs);
  window.soakTraffic = {
    read: () => {
      const read = latencies;
      latencies = [];
      return read;
    },
    stop: async () => {
      clearInterval(timer);
      await last;
    },
  };
}
