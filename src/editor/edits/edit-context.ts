import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { ContentPort } from '../clipboard/clip-assets.ts';
import type { Issuer } from '../issuer.ts';
import type { Outliner } from '../outliner/outliner.ts';
import type { Scene } from '../scene.ts';
import type { Selection } from '../selection/selection.ts';
import type { Notices, Tasks } from '../stores/notices.ts';
import type { ViewportPort } from '../viewport-port.ts';

/** What edits of the scene's structure work with. */
export interface EditContext {
  readonly scene: Scene;
  readonly selection: Selection;
  readonly issuer: Issuer;
  readonly notices: Notices;
  readonly tasks: Tasks;
  /** Without it nothing comes along with what is pasted from another session. */
  readonly contents: ContentPort | undefined;
  readonly outliner: Outliner;
  /** Empty where nobody knows. */
  readonly sessionId: string;
  canEdit(): boolean;
  viewport(): ViewportPort | undefined;
}

/** Whether the role allows edits; where it does not, says so. */
export function mayEdit({ canEdit, notices }: EditContext): boolean {
  if (canEdit()) return true;
  const text = 'You are here as a viewer. Ask an admin for an editor link to change things.';
  notices.notify({ kind: 'info', text });
  return false;
}

/** The unlocked ones that no other of them carries; says so where a lock keeps all of them. */
export function editable(context: EditContext, entities: readonly Entity[]): Entity[] {
  const { scene, notices } = context;
  const chosen = scene.topMost(entities);
  const unlocked = chosen.filter((entity) => !scene.isLocked(entity));
  if (chosen.length > 0 && unlocked.length === 0) {
    notices.notify({ kind: 'info', text: `${namesOf(context, chosen)} locked. Unlock first.` });
  }
  return unlocked;
}

/** "Box" or "3 objects" */
export function whatOf({ scene }: EditContext, entities: readonly Entity[]): string {
  return entities.length === 1 ? scene.nameOf(entities[0]!) : `${entities.length} objects`;
}

/** The entities that a command made, from its result. */
export function madeBy({ scene: { document } }: EditContext, result: unknown): Entity[] {
  const { entity, entities } = result as { entity?: string; entities?: readonly string[] };
  return [...(entities ?? []), ...(entity === undefined ? [] : [entity])].flatMap((text) => {
    const id = document.parseId(text);
    const made = id === undefined ? undefined : document.entityOf(id);
    return made === undefined || made === NO_ENTITY ? [] : [made];
  });
}

function namesOf(context: EditContext, entities: readonly Entity[]): string {
  return `${whatOf(context, entities)} ${entities.length === 1 ? 'is' : 'are'}`;
}
