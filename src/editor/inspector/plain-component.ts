import type { Component } from '../../ecs/component.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { Entity } from '../../ecs/entity.ts';

/** A component's values as commands take them: entities by the text of their ids, null for none. */
export function plainComponent(
  document: Document,
  entity: Entity,
  component: Component,
): Record<string, unknown> | undefined {
  const value = document.world.get(entity, component);
  if (value === undefined) return undefined;
  const plain: Record<string, unknown> = { ...value };
  for (const { kind, name } of component.fields) {
    if (kind !== 'entity') continue;
    plain[name] = document.formatId(document.idOf(plain[name] as Entity)) || null;
  }
  return plain;
}
