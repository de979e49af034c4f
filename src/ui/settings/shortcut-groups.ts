import type { Action, ActionGroup, ActionRegistry } from '../../editor/editor.ts';

const ORDER: readonly ActionGroup[] = [
  'Tools',
  'Edit',
  'Selection',
  'Add',
  'View',
  'File',
  'Session',
];

export interface ShortcutGroup {
  readonly group: ActionGroup;
  readonly items: readonly Action[];
}

/** The actions of which the name or a key has `text` in it, by group; groups without any left out. */
export function matchingGroups(
  actions: Pick<ActionRegistry, 'keysOf' | 'format'>,
  all: readonly Action[],
  text: string,
): ShortcutGroup[] {
  const wanted = text.trim().toLowerCase();
  const matches = ({ id, label }: Action): boolean =>
    [label, ...actions.keysOf(id).map((key) => actions.format(key))].some((each) =>
      each.toLowerCase().includes(wanted),
    );
  return ORDER.map((group) => ({
    group,
    items: all.filter((action) => action.group === group && matches(action)),
  })).filter(({ items }) => items.length > 0);
}
