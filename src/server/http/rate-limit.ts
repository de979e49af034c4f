import { isIPv6 } from 'node:net';
import type { Clock } from '../../shared/clock.ts';

export interface RateLimitOptions {
  /** How many may come at once. */
  readonly burst: number;
  readonly perSecond: number;
  /** How many keys are remembered; the one least lately seen is forgotten first. */
  readonly maxKeys: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** A token bucket for each key, in bounded memory. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #clock: Clock;
  /** In order of last use. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: RateLimitOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Takes one token; gives 0, or the milliseconds until there is one. */
  take(key: string): number {
    const { burst, perSecond, maxKeys } = this.#options;
    const now = this.#clock.now();
    const known = this.#buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, known.tokens + ((now - known.at) / 1000) * perSecond);
    const allowed = tokens >= 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now });
    if (this.#buckets.size > maxKeys) this.#forgetOldest();
    return allowed ? 0 : ((1 - tokens) / perSecond) * 1000;
  }

  #forgetOldest(): void {
    for (const key of this.#buckets.keys()) {
      this.#buckets.delete(key);
      return;
    }
  }
}

/** One subscriber's share of the address space: an IPv4 address, or the /64 of an IPv6 one. */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros =
    tail === undefined ? [] : new Array<string>(8 - left.length - right.length).fill('0');
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
