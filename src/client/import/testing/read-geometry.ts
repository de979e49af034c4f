import { checkGeometry } from '../../../mesh/geometry-asset.ts';
import { decode } from '../../../protocol/codec.ts';
import type { Submesh } from '../../../protocol/generated/types.ts';
import type { ImportedModel } from '../imported-model.ts';

/** The submeshes of a model as everybody else will read them: verified, and within the limits. */
export function readGeometry(model: ImportedModel): readonly Submesh[] {
  if (model.geometry === undefined) return [];
  const geometry = decode('Geometry', model.geometry.bytes);
  checkGeometry(geometry);
  return geometry.submeshes;
}
