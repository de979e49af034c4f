/** What a run does to those in it, by the name under which it is counted. */
export const FAULT_KINDS = [
  'stream segments lost and sent again',
  'datagrams lost',
  'datagrams doubled',
  'datagrams overtaken by later ones',
  'connections cut',
  'connections cut inside a frame',
  'rungs that swallow what is sent',
  'partitions',
  'pages asleep',
  'clocks skewed',
  'pages killed',
  'offline spells',
  'server crashes',
  'server crashes that nobody is told of',
  'log groups lost in a crash',
  'log groups kept whose verdicts were lost',
  'log groups that the disk refused',
  'uploads broken off',
  'bad blobs offered',
  'messages mutated by hostile peers',
  'packets of others sent again by hostile peers',
  'packets signed without the right to edit',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** How often each kind of fault was injected. */
export class FaultCounts {
  readonly #counts = new Map<FaultKind, number>(FAULT_KINDS.map((kind) => [kind, 0]));

  count(kind: FaultKind, times = 1): void {
    this.#counts.set(kind, this.of(kind) + times);
  }

  of(kind: FaultKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  add(other: FaultCounts): void {
    for (const kind of FAULT_KINDS) this.count(kind, other.of(kind));
  }

  /** One line a kind, for people. */
  lines(): string[] {
    const width = Math.max(...FAULT_KINDS.map((kind) => kind.length));
    return FAULT_KINDS.map((kind) => `${kind.padEnd(width)} ${this.of(kind)}`);
  }
}
