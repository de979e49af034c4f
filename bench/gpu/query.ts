import type { BackendKind } from '../../src/render/backends.ts';

/** Theta's batches, and three's ways to draw the same. */
export const SUBJECTS = ['ours', 'three-batched', 'three-grouped', 'three-mesh'] as const;
export type Subject = (typeof SUBJECTS)[number];

export interface Query {
  readonly subject: Subject;
  readonly renderer: BackendKind;
  readonly count: number;
  readonly frames: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** @throws {Error} for a subject or renderer that does not exist, and for what is no positive number */
export function readQuery(search: string): Query {
  const given = new URLSearchParams(search);
  const subject = SUBJECTS.find((each) => each === (given.get('subject') ?? 'ours'));
  if (subject === undefined) throw new Error(`subject is one of ${SUBJECTS.join(', ')}.`);
  const renderer = given.get('renderer') ?? 'webgl';
  if (renderer !== 'webgl' && renderer !== 'webgpu') throw new Error('renderer: webgl or webgpu.');
  const number = (name: string, otherwise: number): number => {
    const value = Number(given.get(name) ?? otherwise);
    if (!Number.isInteger(value) || value < 1) throw new Error(`${name} is a positive integer.`);
    return value;
  };
  return {
    subject,
    renderer,
    count: number('count', 10_000),
    frames: number('frames', 120),
    width: number('width', 1680),
    height: number('height', 1760),
  };
}
