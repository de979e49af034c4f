import { createHash } from 'node:crypto';

/** A fingerprint of all that happens in a run, in order: two runs of one seed have the same. */
export class Trace {
  readonly #hash = createHash('sha256');
  events = 0;

  add(at: number, what: string, bytes?: Uint8Array): void {
    this.events += 1;
    this.#hash.update(`${at} ${what}\n`);
    if (bytes) this.#hash.update(bytes);
  }

  digest(): string {
    return this.#hash.copy().digest('hex');
  }
}
