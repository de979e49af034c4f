import { expect } from 'vitest';
import { type H3ErrorCode, isH3Error } from '../h3-errors.ts';

/** An asymmetric matcher for the refusal with that code. */
export function refusal(code: H3ErrorCode): unknown {
  return expect.objectContaining({ name: 'ThetaError', code });
}

/** Runs what may refuse its input, and fails for anything thrown that is no named refusal. */
export function onlyRefuses(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!isH3Error(error)) throw error;
  }
}

/** `stream` in pieces that end at `cuts`, each taken modulo its length. */
export function pieces(stream: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const ends = [...new Set(cuts.map((cut) => cut % (stream.length + 1)))].sort((a, b) => a - b);
  return [...ends, stream.length].map((end, i) => stream.slice(i === 0 ? 0 : ends[i - 1], end));
}
