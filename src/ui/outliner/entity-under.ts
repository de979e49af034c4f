import type { Entity } from '../../editor/editor.ts';

/** The entity of the row that an event happened in. */
export function entityUnder(target: EventTarget | null): Entity | undefined {
  if (!(target instanceof Element)) return undefined;
  const row = target.closest<HTMLElement>('[data-entity]');
  return row?.dataset.entity === undefined ? undefined : (Number(row.dataset.entity) as Entity);
}

/** Whether an event happened in a control of its row (`toggle`, `flag`) or in its name field. */
export function isInControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-part], input') !== null;
}
