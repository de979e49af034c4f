import { z } from 'zod';
import type { NamedVersion, PastStep } from '../../editor/history/time-travel.ts';
import { ThetaError } from '../../shared/errors.ts';
import { fetchHistory, type SessionLogSource } from './session-log.ts';

const PAGE = 100;

const step = z.object({
  ordinal: z.number(),
  index: z.number(),
  seq: z.number(),
  label: z.string(),
  type: z.string(),
  entries: z.number(),
  author: z.string(),
  time: z.number(),
  version: z.object({ seq: z.number(), name: z.string() }).optional(),
});
const answer = z.object({
  total: z.number().int().min(0),
  steps: z.array(step),
  versions: z.array(step),
});

/** The list of a session's steps, of which only the pages that somebody looks at are read. */
export class HistorySteps {
  total = 0;
  versions: readonly NamedVersion[] = [];
  /** Something was read. */
  onChange: () => void = () => undefined;
  onProblem: (thrown: unknown) => void = () => undefined;
  readonly #source: SessionLogSource;
  readonly #pages = new Map<number, readonly PastStep[]>();
  readonly #asked = new Map<number, Promise<void>>();

  constructor(source: SessionLogSource) {
    this.#source = source;
  }

  /** One that is here; else it is asked for. */
  get(ordinal: number): PastStep | undefined {
    const known = this.#at(ordinal);
    if (known === undefined && ordinal >= 1 && ordinal <= this.total) {
      this.#read(pageOf(ordinal)).catch(this.onProblem);
    }
    return known;
  }

  /** @throws {ThetaError} `unreachable` */
  async load(ordinal: number): Promise<PastStep> {
    if (this.#at(ordinal) === undefined) await this.#read(pageOf(ordinal));
    const step = this.#at(ordinal);
    if (step) return step;
    throw new ThetaError('unreachable', 'This moment is not on the server yet.');
  }

  /** Reads how many steps there are now, and the last of them. */
  async refresh(): Promise<void> {
    await this.#read(pageOf(Math.max(1, this.total)), true);
    const last = pageOf(Math.max(1, this.total));
    if (!this.#isWhole(last)) await this.#read(last, true);
  }

  /** The last step at or before a number, found by halving. @throws {ThetaError} `unreachable` */
  async atSeq(seq: number): Promise<PastStep | undefined> {
    let low = 0;
    let high = this.total;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((await this.load(middle)).seq <= seq) low = middle;
      else high = middle - 1;
    }
    return low === 0 ? undefined : this.load(low);
  }

  #at(ordinal: number): PastStep | undefined {
    return this.#pages.get(pageOf(ordinal))?.[(ordinal - 1) % PAGE];
  }

  #isWhole(page: number): boolean {
    return (this.#pages.get(page)?.length ?? 0) >= Math.min(PAGE, this.total - page * PAGE);
  }

  #read(page: number, again = false): Promise<void> {
    const under = this.#asked.get(page);
    if (under && !again) return under;
    const reading = this.#fetch(page).finally(() => {
      if (this.#asked.get(page) === reading) this.#asked.delete(page);
    });
    this.#asked.set(page, reading);
    return reading;
  }

  async #fetch(page: number): Promise<void> {
    const bytes = await fetchHistory(this.#source, `steps?after=${page * PAGE}&limit=${PAGE}`);
    const { total, steps, versions } = answer.parse(JSON.parse(new TextDecoder().decode(bytes)));
    this.#pages.set(page, steps);
    this.total = Math.max(this.total, total);
    this.versions = namesOf(versions);
    this.onChange();
  }
}

function pageOf(ordinal: number): number {
  return Math.floor((ordinal - 1) / PAGE);
}

/** What the names come to: the last one of each moment stands, and an empty one is none. */
function namesOf(steps: readonly z.infer<typeof step>[]): NamedVersion[] {
  const bySeq = new Map<number, NamedVersion>();
  for (const { version, author, time } of steps) {
    if (version === undefined) continue;
    bySeq.delete(version.seq);
    if (version.name !== '') bySeq.set(version.seq, { ...version, author, time });
  }
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq);
}
