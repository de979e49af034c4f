import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { unmapPoint } from '../geometry/affine.ts';
import { ZERO } from '../geometry/vec3.ts';
import { medianOf } from '../tools/pivot.ts';
import { freeName } from './add-object.ts';
import { type EditContext, editable, madeBy, mayEdit, whatOf } from './edit-context.ts';
import { moveUnder } from './reparent.ts';

/** Puts the selected entities into a new group that stands at their median, and selects it. */
export function groupSelected(context: EditContext): void {
  if (!mayEdit(context)) return;
  const { scene, selection, issuer } = context;
  const { document } = scene;
  const members = editable(context, selection.entities);
  if (members.length === 0) return;
  const parent = commonParent(context, members);
  const median = medianOf(scene, members);
  const position = unmapPoint(scene.worldOf(parent), median) ?? ZERO;
  const params = {
    name: freeName(context, 'Group'),
    parent: parent === NO_ENTITY ? null : document.idOf(parent),
    components: { transform: { position } },
  };
  let made: readonly Entity[] = [];
  const issued = issuer.transaction(`Group ${whatOf(context, members)}`, (tx) => {
    made = madeBy(context, tx.execute('entity.create', params));
    moveUnder(context, tx, members, made[0]!);
  });
  if (issued !== undefined) selection.select(made);
}

/** Moves what is in the selected groups up to where these are, and deletes them. */
export function ungroupSelected(context: EditContext): void {
  if (!mayEdit(context)) return;
  const { scene, selection, issuer, outliner } = context;
  const { document } = scene;
  const groups = editable(context, selection.entities).filter(
    (entity) => scene.kindOf(entity) === 'group' && outliner.childrenOf(entity).length > 0,
  );
  if (groups.length === 0) return;
  const freed: Entity[] = [];
  const issued = issuer.transaction(`Ungroup ${whatOf(context, groups)}`, (tx) => {
    for (const group of groups) {
      const children = outliner.childrenOf(group);
      freed.push(...children);
      moveUnder(context, tx, children, document.effectiveParent(group), {
        after: document.idOf(group),
      });
      tx.execute('entity.delete', { entities: [document.idOf(group)] });
    }
  });
  if (issued !== undefined) selection.select(freed);
}

/** The parent that all share, else the top level. */
function commonParent({ scene }: EditContext, entities: readonly Entity[]): Entity {
  const [first, ...others] = entities.map((entity) => scene.document.effectiveParent(entity));
  return others.every((parent) => parent === first) ? (first ?? NO_ENTITY) : NO_ENTITY;
}
