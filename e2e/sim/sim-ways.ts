import type { Rung } from '../../src/transport/ladder.ts';
import { RUNGS, type RungName, type Transport } from '../../src/transport/transport.ts';
import type { SimLine } from './sim-line.ts';

export interface OpenLine {
  readonly line: SimLine;
  readonly transport: Transport;
  /** The server's end. */
  readonly served: Transport;
}

/** The ways from one page to the server, each of which may be open, or dead without a word. */
export class SimWays {
  readonly rungs: readonly Rung[];
  readonly #open: (kind: RungName, isDead: () => boolean) => Promise<OpenLine>;
  readonly #dead = new Set<RungName>();
  #lines: { readonly kind: RungName; readonly line: SimLine }[] = [];

  /** @param open makes a connection; when `isDead`, waits for it in vain */
  constructor(open: (kind: RungName, isDead: () => boolean) => Promise<OpenLine>) {
    this.#open = open;
    this.rungs = RUNGS.map((kind) => ({ kind, connect: () => this.#connect(kind) }));
  }

  /** A rung that swallows what is sent, as a network without UDP does. */
  dies(kind: RungName): void {
    this.#dead.add(kind);
    for (const each of this.#lines) if (each.kind === kind) each.line.stall();
  }

  lives(kind: RungName): void {
    this.#dead.delete(kind);
    for (const each of this.#lines) if (each.kind === kind) each.line.resume();
  }

  /** Every line dies, and its ends learn it. */
  cut(): void {
    for (const { line } of this.#lines) line.cut();
  }

  stall(): void {
    for (const { line } of this.#lines) line.stall();
  }

  clog(): void {
    for (const { line } of this.#lines) line.clog();
  }

  /** Those whose rung is not dead come through again. */
  resume(): void {
    for (const { kind, line } of this.#lines) if (!this.#dead.has(kind)) line.resume();
  }

  async #connect(kind: RungName): Promise<Transport> {
    const { line, transport } = await this.#open(kind, () => this.#dead.has(kind));
    this.#lines = this.#lines.filter((each) => !each.line.isOver);
    this.#lines.push({ kind, line });
    return transport;
  }
}
