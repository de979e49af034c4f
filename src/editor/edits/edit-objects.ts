import type { Entity } from '../../ecs/entity.ts';
import type { FlagName } from '../editor.ts';
import { type EditContext, editable, madeBy, mayEdit, whatOf } from './edit-context.ts';

const FLAG_VERBS: Readonly<Record<FlagName, readonly [on: string, off: string]>> = {
  hidden: ['Hide', 'Show'],
  locked: ['Lock', 'Unlock'],
};

/** Deletes the selected entities and all below them. */
export function deleteSelected(context: EditContext): void {
  if (!mayEdit(context)) return;
  const { scene, selection, issuer } = context;
  const entities = editable(context, selection.entities);
  if (entities.length === 0) return;
  const ids = entities.map((entity) => scene.document.idOf(entity));
  issuer.transaction(`Delete ${whatOf(context, entities)}`, (tx) => {
    tx.execute('entity.delete', { entities: ids });
  });
}

/** Copies the selected entities with all below them, and selects the copies. */
export function duplicateSelected(context: EditContext): void {
  if (!mayEdit(context)) return;
  const { scene, selection, issuer } = context;
  const entities = scene.topMost(selection.entities);
  if (entities.length === 0) return;
  const ids = entities.map((entity) => scene.document.idOf(entity));
  let made: readonly Entity[] = [];
  const issued = issuer.transaction(`Duplicate ${whatOf(context, entities)}`, (tx) => {
    made = madeBy(context, tx.execute('entity.duplicate', { entities: ids }));
  });
  if (issued !== undefined) selection.select(made);
}

/** An empty name leaves the old one. */
export function rename(context: EditContext, entity: Entity, name: string): void {
  const { scene, issuer } = context;
  const wanted = name.trim();
  if (wanted === '' || wanted === scene.nameOf(entity) || !mayEdit(context)) return;
  if (editable(context, [entity]).length === 0) return;
  const params = { entity: scene.document.idOf(entity), name: wanted };
  issuer.transaction(`Rename ${scene.nameOf(entity)}`, (tx) => {
    tx.execute('entity.rename', params);
  });
}

/** Hides, shows, locks or unlocks. A lock does not keep from unlocking. */
export function setFlag(
  context: EditContext,
  entities: readonly Entity[],
  flag: FlagName,
  value: boolean,
): void {
  if (!mayEdit(context)) return;
  const { scene, issuer } = context;
  const changed = entities.filter(
    (entity) => scene.isObject(entity) && scene.hasFlag(entity, flag) !== value,
  );
  if (changed.length === 0) return;
  const verb = FLAG_VERBS[flag][value ? 0 : 1];
  issuer.transaction(`${verb} ${whatOf(context, changed)}`, (tx) => {
    for (const entity of changed) {
      const params = { component: 'flags', value: { [flag]: value } };
      tx.execute('component.set', { entity: scene.document.idOf(entity), ...params });
    }
  });
}

/** Gives the selected entities a component, or takes it from them. */
export function setComponent(context: EditContext, component: string, present: boolean): void {
  if (!mayEdit(context)) return;
  const { scene, selection, issuer } = context;
  const unlocked = selection.entities.filter((entity) => !scene.isLocked(entity));
  if (unlocked.length === 0) return;
  const label = `${present ? 'Add' : 'Remove'} ${component}`;
  issuer.transaction(label, (tx) => {
    for (const entity of unlocked) {
      const params = { component, value: present ? {} : null };
      tx.execute('component.set', { entity: scene.document.idOf(entity), ...params });
    }
  });
}
