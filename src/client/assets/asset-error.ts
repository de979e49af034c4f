import { ThetaError } from '../../shared/errors.ts';

/** Why an asset could not be brought to the server or had from it. */
export type AssetCode =
  /** The server has no such content. */
  | 'missing'
  /** The server says no, and would say it again. */
  | 'refused'
  | 'too_large'
  /** What came is not what its digest says. */
  | 'corrupt'
  /** Neither a geometry nor an image that can be shown. */
  | 'invalid'
  /** No answer, however often it was asked. */
  | 'unreachable'
  | 'cancelled';

export class AssetError extends ThetaError<AssetCode> {}

const TRANSIENT: ReadonlySet<AssetCode> = new Set(['corrupt', 'unreachable']);

/** Whether asking again may help. */
export function isTransient(thrown: unknown): boolean {
  return thrown instanceof AssetError && TRANSIENT.has(thrown.code);
}
