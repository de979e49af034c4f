import { Material, MaterialLink, Transform } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { FlagName } from '../editor.ts';
import { componentLabel, visibleComponent } from '../inspector/sections.ts';
import type { IssuedCommand } from '../session-port.ts';
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

/** Copies the selected entities with all below them, and selects the copies. Undefined where there are none. */
export function duplicateSelected(context: EditContext): IssuedCommand | undefined {
  if (!mayEdit(context)) return undefined;
  const { scene, selection, issuer } = context;
  const entities = scene.topMost(selection.entities);
  if (entities.length === 0) return undefined;
  const ids = entities.map((entity) => scene.document.idOf(entity));
  let made: readonly Entity[] = [];
  const issued = issuer.transaction(`Duplicate ${whatOf(context, entities)}`, (tx) => {
    made = madeBy(context, tx.execute('entity.duplicate', { entities: ids }));
  });
  if (issued !== undefined) selection.select(made);
  return issued;
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

/** Gives the selected entities a component, or takes it from them, with the shared one they wear. */
export function setComponent(context: EditContext, name: string, present: boolean): void {
  const component = visibleComponent(name);
  if (component === undefined || !mayEdit(context)) return;
  const { scene, selection, issuer } = context;
  const unlocked = selection.entities.filter((entity) => !scene.isLocked(entity));
  if (unlocked.length === 0) return;
  const label = `${present ? 'Add' : 'Remove'} ${componentLabel(component).toLowerCase()}`;
  const takesMaterial = component.name === Material.name && !present;
  const holders = takesMaterial
    ? unlocked
    : new Set(unlocked.map((entity) => scene.holderOf(entity, component)));
  issuer.transaction(label, (tx) => {
    const set = (entity: Entity, which: string, value: object | null): void => {
      const params = { component: which, value };
      tx.execute('component.set', { entity: scene.document.idOf(entity), ...params });
    };
    for (const entity of holders) {
      set(entity, component.name, present ? {} : null);
      if (takesMaterial && scene.document.world.has(entity, MaterialLink)) {
        set(entity, MaterialLink.name, null);
      }
    }
  });
}

/** Gives the selected entities' component its defaults again. */
export function resetComponent(context: EditContext, name: string): void {
  const component = visibleComponent(name);
  if (component === undefined || !mayEdit(context)) return;
  const { scene, selection, issuer } = context;
  const unlocked = selection.entities.filter((entity) => !scene.isLocked(entity));
  const holders = new Set(unlocked.map((entity) => scene.holderOf(entity, component)));
  const having = [...holders].filter((each) => scene.document.world.has(each, component));
  if (having.length === 0) return;
  const value = Object.fromEntries(
    component.fields.map((field) => [field.name, field.kind === 'entity' ? null : field.default]),
  );
  issuer.transaction(`Reset ${componentLabel(component).toLowerCase()}`, (tx) => {
    for (const each of having) {
      const entity = scene.document.idOf(each);
      if (component.name === Transform.name) tx.execute('transform.set', { entity, ...value });
      else tx.execute('component.set', { entity, component: component.name, value });
    }
  });
}
