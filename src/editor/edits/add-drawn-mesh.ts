import { messageOf } from '../../shared/errors.ts';
import type { MeshPort } from '../editor-options.ts';
import type { DrawnMesh, StrokeKind } from '../hands/stroke-mesh.ts';
import { type EditContext, madeBy, mayEdit } from './edit-context.ts';

const NAMES: Readonly<Record<StrokeKind, string>> = { ribbon: 'Ribbon', tube: 'Tube' };

/** Makes a mesh that was drawn in space, and selects it; says so where it could not be made. */
export async function addDrawnMesh(
  context: EditContext,
  meshes: MeshPort | undefined,
  mesh: DrawnMesh,
  color: readonly number[] | undefined,
): Promise<void> {
  if (!mayEdit(context)) return;
  const { notices, selection } = context;
  if (meshes?.available !== true) {
    const text =
      'Strokes need the server, and it cannot be reached now. Draw this one again later.';
    notices.notify({ kind: 'error', text });
    return;
  }
  try {
    const entity = await meshes.add(NAMES[mesh.kind], mesh, color);
    selection.select(madeBy(context, { entity }));
  } catch (thrown) {
    notices.notify({ kind: 'error', text: `${NAMES[mesh.kind]}: ${messageOf(thrown)}` });
  }
}
