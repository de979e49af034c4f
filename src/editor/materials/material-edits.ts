import { Material, TextureMapping } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { type EditContext, mayEdit, whatOf } from '../edits/edit-context.ts';
import { plainComponent } from '../inspector/plain-component.ts';
import type { TransactionPort } from '../session-port.ts';
import type { SharedMaterials } from './shared-materials.ts';

export interface MaterialContext extends EditContext {
  readonly materials: SharedMaterials;
}

const SURFACE = [Material, TextureMapping] as const;

/** Makes a material of what the active object looks like, and lets all of the selected share it. */
export function shareMaterial(context: MaterialContext): void {
  const wearers = surfaces(context);
  const { active } = context.selection;
  const model = wearers.includes(active) ? active : wearers[0];
  if (model === undefined) return;
  const name = freeMaterialName(context, context.scene.nameOf(model));
  context.issuer.transaction(`Share material ${name}`, (tx) => {
    const made = tx.execute('entity.create', {
      name,
      components: { material: {}, ...looksOf(context, model), sharedMaterial: {} },
    });
    link(context, tx, wearers, (made as { entity: string }).entity);
  });
}

/** Lets the selected objects wear a shared material. */
export function wearMaterial(context: MaterialContext, material: Entity): void {
  const { scene, issuer } = context;
  const wearers = surfaces(context).filter((each) => scene.sharedMaterialOf(each) !== material);
  if (wearers.length === 0 || !scene.isSharedMaterial(material)) return;
  issuer.transaction(`Apply ${nameOf(context, material)} to ${whatOf(context, wearers)}`, (tx) =>
    link(context, tx, wearers, scene.document.idOf(material)),
  );
}

/** Gives each of the selected objects a material of its own that looks as the shared one does. */
export function makeMaterialUnique(context: MaterialContext): void {
  const { scene, issuer } = context;
  const wearers = surfaces(context).filter((each) => scene.sharedMaterialOf(each) !== NO_ENTITY);
  if (wearers.length === 0) return;
  issuer.transaction(`Make material of ${whatOf(context, wearers)} unique`, (tx) =>
    detach(context, tx, wearers),
  );
}

/** Deletes a shared material. Those who wear it keep their looks. */
export function deleteMaterial(context: MaterialContext, material: Entity): void {
  const { scene, issuer, materials } = context;
  if (!scene.isSharedMaterial(material) || !mayEdit(context)) return;
  issuer.transaction(`Delete material ${nameOf(context, material)}`, (tx) => {
    detach(context, tx, materials.wearersOf(material));
    tx.execute('entity.delete', { entities: [scene.document.idOf(material)] });
  });
}

/** An empty name leaves the old one. */
export function renameMaterial(context: MaterialContext, material: Entity, name: string): void {
  const { scene, issuer } = context;
  const wanted = name.trim();
  const before = nameOf(context, material);
  if (wanted === '' || wanted === before || !scene.isSharedMaterial(material)) return;
  if (!mayEdit(context)) return;
  issuer.transaction(`Rename material ${before}`, (tx) => {
    tx.execute('entity.rename', { entity: scene.document.idOf(material), name: wanted });
  });
}

/** The selected, unlocked objects that a material shows on. */
function surfaces(context: MaterialContext): Entity[] {
  const { scene, selection } = context;
  if (!mayEdit(context)) return [];
  return selection.entities.filter((each) => scene.hasSurface(each) && !scene.isLocked(each));
}

function link(
  { scene: { document } }: MaterialContext,
  tx: TransactionPort,
  wearers: readonly Entity[],
  material: string | number,
): void {
  const params = { component: 'materialLink', value: { material } };
  for (const entity of wearers) {
    tx.execute('component.set', { entity: document.idOf(entity), ...params });
  }
}

function detach(context: MaterialContext, tx: TransactionPort, wearers: readonly Entity[]): void {
  const { document } = context.scene;
  for (const wearer of wearers) {
    const entity = document.idOf(wearer);
    const looks = looksOf(context, wearer);
    for (const { name } of SURFACE) {
      const value = looks[name] ?? null;
      if (value === null && document.world.get(wearer, TextureMapping) === undefined) continue;
      tx.execute('component.set', { entity, component: name, value });
    }
    tx.execute('component.set', { entity, component: 'materialLink', value: null });
  }
}

/** What an entity looks like, as commands take it. */
function looksOf({ scene }: MaterialContext, entity: Entity): Record<string, object> {
  const looks: Record<string, object> = {};
  for (const component of SURFACE) {
    const value = plainComponent(scene.document, scene.holderOf(entity, component), component);
    if (value !== undefined) looks[component.name] = value;
  }
  return looks;
}

function nameOf({ materials }: MaterialContext, material: Entity): string {
  const { items } = materials.store.getState();
  return items.find(({ entity }) => entity === material)?.name ?? 'Material';
}

function freeMaterialName({ materials }: MaterialContext, name: string): string {
  const taken = new Set(materials.store.getState().items.map((item) => item.name));
  const wanted = `${name} material`;
  if (!taken.has(wanted)) return wanted;
  let count = 2;
  while (taken.has(`${wanted} ${count}`)) count += 1;
  return `${wanted} ${count}`;
}
