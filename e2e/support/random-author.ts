import './theta-window.ts';

/** An edit that was made, as its promise settled. */
export interface RandomEdit {
  /** The command, or `undo`, `redo`, `transaction`, `import`. */
  readonly type: string;
  readonly status: string;
  readonly id: string;
  readonly seq?: number | undefined;
  readonly code?: string | undefined;
}

/** A page that edits at random, until it is told to stop. */
export interface RandomAuthor {
  /** What has settled so far. */
  readonly settled: RandomEdit[];
  /** Ends the edits; resolves when all of them have settled. */
  stop(): Promise<RandomEdit[]>;
}

declare global {
  interface Window {
    randomAuthor: RandomAuthor;
  }
}

export interface RandomAuthorOptions {
  readonly seed: number;
  /** Mean time between two edits. */
  readonly everyMs: number;
}

/** Runs in the page: begins to edit, with every kind of command, as `window.randomAuthor`. */
export function beginRandomEdits({ seed, everyMs }: RandomAuthorOptions): void {
  const { theta } = window;
  let state = seed >>> 0;
  /** Mulberry32: from 0 up to 1. */
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(random() * limit);
  const within = (reach: number): number => (random() * 2 - 1) * reach;
  const triple = (reach: number): number[] => [within(reach), within(reach), within(reach)];
  const one = <T>(from: readonly T[]): T => from[below(from.length)]!;
  const entity = (): string => one(theta.entities()) ?? 'nobody';
  const several = (): string[] => [...new Set([entity(), entity()])];
  const turn = (): number[] => [within(1), within(1), within(1), within(1)];
  const color = (): number[] => [random(), random(), random(), 1];
  let made = 0;
  const create = () => ({
    name: `Thing ${seed}-${++made}`,
    parent: random() < 0.3 ? entity() : null,
    components: {
      transform: { position: triple(10) },
      primitive: { kind: one(['box', 'sphere', 'cylinder', 'cone', 'torus', 'plane']) },
      material: { color: color() },
    },
  });
  const triangle = (): File => {
    const corners = [triple(1), triple(1), triple(1)].map((corner) => `v ${corner.join(' ')}`);
    return new File([`o Triangle ${++made}\n${corners.join('\n')}\nf 1 2 3\n`], 'triangle.obj');
  };
  const commands: Readonly<Record<string, () => unknown>> = {
    'entity.create': create,
    'entity.delete': () => ({ entities: several() }),
    'entity.duplicate': () => ({ entities: several() }),
    'entity.rename': () => ({ entity: entity(), name: `Name ${below(1000)}` }),
    'entity.reparent': () => ({ entities: several(), parent: random() < 0.3 ? null : entity() }),
    'entity.reorder': () => ({ entity: entity(), before: entity() }),
    'transform.set': () => ({ entity: entity(), position: triple(10), scale: triple(3) }),
    'transform.translate': () => ({ entity: entity(), offset: triple(1) }),
    'transform.rotate': () => ({ entity: entity(), rotation: turn() }),
    'transform.scale': () => ({ entity: entity(), factor: triple(2) }),
    'component.set': () =>
      random() < 0.3
        ? { entity: entity(), component: 'primitive', value: null }
        : { entity: entity(), component: 'primitive', value: { width: 1 + random() } },
    'material.set': () => ({ entity: entity(), color: color(), roughness: random() }),
    'version.name': () => ({ seq: theta.session.seq, name: `Version ${below(10)}` }),
    'selection.highlight': () => ({ entities: several() }),
    'tool.activate': () => ({ tool: one(['move', 'rotate', 'scale']) }),
    'tool.deactivate': () => ({ tool: 'select' }),
  };
  const others: Readonly<Record<string, () => ReturnType<typeof theta.undo>>> = {
    undo: () => theta.undo(),
    redo: () => theta.redo(),
    import: () => theta.importFile(triangle()),
    transaction: () =>
      theta.transaction('Pair', (tx) => {
        tx.execute('entity.create', create());
        tx.execute('transform.translate', { entity: entity(), offset: triple(1) });
      }),
  };
  /** Seldom enough that the scene grows, and stays as large as a hand would make it. */
  const seldom = new Set([
    'entity.delete',
    'entity.duplicate',
    'import',
    'component.set',
    'version.name',
  ]);
  const kinds = [...Object.keys(commands), ...Object.keys(others)];
  const bag = kinds.flatMap((kind) => Array<string>(seldom.has(kind) ? 1 : 3).fill(kind));
  /** Of each kind one comes first, in an order of chance: however short the run, none is missing. */
  const first = ['entity.create', ...kinds.sort(() => random() - 0.5)];

  const settled: RandomEdit[] = [];
  const open = new Set<Promise<void>>();
  let timer = 0;
  const edit = (): void => {
    const type = first.shift() ?? one(bag);
    const params = commands[type];
    const outcome = params ? theta.execute(type, params()) : others[type]!();
    // A file cannot be brought while nobody answers: an import alone rejects, and says so.
    const failed = (error: Error & { code?: string }) => ({
      status: 'rejected',
      id: '',
      seq: undefined,
      code: error.code ?? error.message,
    });
    const done = outcome.catch(failed).then(({ status, id, seq, code }) => {
      settled.push({ type, status, id, seq, code });
      open.delete(done);
    });
    open.add(done);
    timer = window.setTimeout(edit, everyMs * (0.5 + random()));
  };
  edit();
  window.randomAuthor = {
    settled,
    stop: async () => {
      clearTimeout(timer);
      await Promise.all(open);
      return settled;
    },
  };
}
