/** How often a packet that the server will not read is sent before it is set aside. */
const MAX_TRIES = 3;

/** Why a packet is set aside. */
export interface Fault {
  readonly nonce: number;
  readonly code: string;
  readonly message: string;
}

/** Counts how often the server would not read a packet: one of them must not block all after it. */
export class FaultyPackets {
  readonly #tries = new Map<number, number>();
  #given: Fault | undefined;

  /** Whether it has been tried often enough. */
  count(fault: Fault): boolean {
    const tries = (this.#tries.get(fault.nonce) ?? 0) + 1;
    this.#tries.set(fault.nonce, tries);
    if (tries < MAX_TRIES) return false;
    this.#given = fault;
    return true;
  }

  /** The packet to set aside now that nothing is under way, once. */
  take(): Fault | undefined {
    const fault = this.#given;
    this.#given = undefined;
    this.#tries.clear();
    return fault;
  }
}
