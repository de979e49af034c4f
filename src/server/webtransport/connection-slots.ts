import type { WebTransportLimits } from './limits.ts';

type SlotLimits = Pick<
  WebTransportLimits,
  'maxConnections' | 'maxConnectionsPerAddress' | 'maxHandshakes'
>;

/** Counts connections, in all and by remote address, and handshakes under way, within limits. */
export class ConnectionSlots {
  readonly #limits: SlotLimits;
  readonly #byAddress = new Map<string, number>();
  #connections = 0;
  #handshakes = 0;

  constructor(limits: SlotLimits) {
    this.#limits = limits;
  }

  /** Whether one more handshake may begin; it must be followed by `endHandshake`. */
  beginHandshake(): boolean {
    const { maxHandshakes, maxConnections } = this.#limits;
    if (this.#handshakes >= maxHandshakes || this.#connections >= maxConnections) return false;
    this.#handshakes++;
    return true;
  }

  endHandshake(): void {
    this.#handshakes--;
  }

  /** Whether `address` may have one more connection; it must be followed by `release`. */
  take(address: string): boolean {
    const held = this.#byAddress.get(address) ?? 0;
    const { maxConnections, maxConnectionsPerAddress } = this.#limits;
    if (this.#connections >= maxConnections || held >= maxConnectionsPerAddress) return false;
    this.#byAddress.set(address, held + 1);
    this.#connections++;
    return true;
  }

  release(address: string): void {
    const held = this.#byAddress.get(address) ?? 0;
    if (held <= 1) this.#byAddress.delete(address);
    else this.#byAddress.set(address, held - 1);
    this.#connections--;
  }
}
