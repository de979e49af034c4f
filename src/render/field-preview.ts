import type { Component, Plain } from '../ecs/component.ts';
import type { Entity } from '../ecs/entity.ts';

/** Values that stand in for fields while somebody changes them: by component and field name. */
export type FieldPreview = ReadonlyMap<
  Entity,
  Readonly<Record<string, Readonly<Record<string, unknown>>>>
>;

export const NO_FIELDS: FieldPreview = new Map();

/** A component's value with what is previewed of it; undefined where the entity has no such component. */
export function previewed<C extends Component>(
  preview: FieldPreview,
  entity: Entity,
  component: C,
  stored: Plain<C> | undefined,
): Plain<C> | undefined {
  const fields = preview.get(entity)?.[component.name];
  return stored === undefined || fields === undefined ? stored : { ...stored, ...fields };
}
