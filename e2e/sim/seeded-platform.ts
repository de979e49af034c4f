import { createHash } from 'node:crypto';
import type { Random } from '../../src/shared/random.ts';

type Digest = typeof crypto.subtle.digest;

/**
 * Until the returned function is called, the platform's randomness comes from the seed, and its hashes
 * are made at once and not by another thread, whose pace differs from run to run: so a run repeats
 * to the byte.
 */
export function seedPlatform(random: Random): () => void {
  const fill: typeof crypto.getRandomValues = (array) => {
    const { buffer, byteOffset, byteLength } = array as unknown as Uint8Array;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = random.below(256);
    return array;
  };
  const digest: Digest = async (_algorithm, data) => {
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : (data as Uint8Array);
    const hash = createHash('sha256').update(bytes).digest();
    return new Uint8Array(hash).buffer;
  };
  const undo = [replace(crypto, 'getRandomValues', fill), replace(crypto.subtle, 'digest', digest)];
  return () => {
    for (const restore of undo) restore();
  };
}

/** Puts a method of one's own before that of the prototype, until the returned function is called. */
function replace(target: object, name: string, value: unknown): () => void {
  Object.defineProperty(target, name, { value, configurable: true });
  return () => {
    Reflect.deleteProperty(target, name);
  };
}
