import { checkGeometry } from '../../mesh/geometry-asset.ts';
import { decode } from '../../protocol/codec.ts';
import type { Geometry } from '../../protocol/generated/types.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { messageOf } from '../../shared/errors.ts';
import { AssetError } from './asset-error.ts';

/**
 * A geometry asset as views over its bytes, which must not change from then on.
 * @throws {AssetError} `invalid`
 */
export function decodeGeometry(bytes: Bytes): Geometry {
  try {
    const geometry = decode('Geometry', bytes);
    checkGeometry(geometry);
    return geometry;
  } catch (cause) {
    throw new AssetError('invalid', `A geometry cannot be used: ${messageOf(cause)}`, { cause });
  }
}
