import './theta-window.ts';

export interface TrafficOptions {
  readonly seed: number;
  readonly frames: number;
}

export interface TrafficReport {
  /** Those of which at least one was accepted, in the order of the alphabet. */
  readonly kinds: readonly string[];
  /** Refusals that two people may not run into. */
  readonly unnamed: readonly string[];
}

/** One edit in each 60th of a second: create, delete, edit, reparent and undo. Runs in the page. */
export async function mixedTraffic({ seed, frames }: TrafficOptions): Promise<TrafficReport> {
  const { theta } = window;
  const FRAME_MS = 16;
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const entity = (): string => {
    const all = theta.entities();
    return all[Math.floor(random() * all.length)] ?? '';
  };
  const position = (): number[] => [random() * 8 - 4, random() * 2, random() * 8 - 4];
  const kinds: Readonly<Record<string, () => ReturnType<typeof theta.undo>>> = {
    create: () => theta.execute('entity.create', { components: { primitive: { kind: 'box' } } }),
    edit: () => theta.execute('transform.set', { entity: entity(), position: position() }),
    reparent: () => theta.execute('entity.reparent', { entities: [entity()], parent: entity() }),
    delete: () => theta.execute('entity.delete', { entities: [entity()] }),
    undo: () => theta.undo(),
  };
  const names = ['create', 'create', 'create', 'edit', 'reparent', 'undo', 'edit', 'delete'];
  const expected = new Set([
    'changed_since',
    'cycle',
    'invalid_params',
    'no_such_entity',
    'parent_deleted',
    'scope_changed',
    'transaction',
  ]);
  const accepted = new Set<string>();
  const unnamed: string[] = [];
  const open: Promise<void>[] = [];
  for (let frame = 0; frame < frames; frame++) {
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
    const kind = names[frame % names.length]!;
    const done = kinds[kind]!().then(({ status, code = '' }) => {
      if (status === 'accepted') accepted.add(kind);
      if (status === 'rejected' && !expected.has(code)) unnamed.push(`${kind}: ${code}`);
    });
    open.push(done);
  }
  await Promise.all(open);
  return { kinds: [...accepted].sort(), unnamed };
}
