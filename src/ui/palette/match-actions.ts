import type { Action } from '../../editor/editor.ts';

/** How well a query fits, best first: at the start of the label, of a word in it, or anywhere. */
const START_OF_LABEL = 0;
const START_OF_WORD = 1;
const ANYWHERE = 2;
const IN_GROUP = 3;

/** Actions under a heading; a query's are under none. */
export interface PaletteSection {
  readonly heading: string | undefined;
  readonly actions: readonly Action[];
}

/**
 * The actions that a query asks for, best first, and of equally good ones those first that were used
 * last. Every word of the query must occur in the label or be the start of the group's name. An empty
 * query brings all: what was used last, and the others group by group.
 * @param recent ids of what was used last, the latest first
 */
export function matchActions(
  actions: readonly Action[],
  query: string,
  recent: readonly string[] = [],
): readonly PaletteSection[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const used = recent.flatMap((id) => actions.find((action) => action.id === id) ?? []);
  const others = actions.filter((action) => !used.includes(action));
  if (words.length === 0) {
    return [{ heading: 'Recently used', actions: used }, ...byGroup(others)].filter(
      (section) => section.actions.length > 0,
    );
  }
  const found = [...used, ...others]
    .flatMap((action) => {
      const ranks = words.map((word) => rankOf(action, word));
      return ranks.includes(undefined) ? [] : [{ action, rank: total(ranks) }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ action }) => action);
  return found.length === 0 ? [] : [{ heading: undefined, actions: found }];
}

function rankOf({ label, group }: Action, word: string): number | undefined {
  const text = label.toLowerCase();
  if (text.startsWith(word)) return START_OF_LABEL;
  if (text.includes(` ${word}`)) return START_OF_WORD;
  if (text.includes(word)) return ANYWHERE;
  return group.toLowerCase().startsWith(word) ? IN_GROUP : undefined;
}

function total(ranks: readonly (number | undefined)[]): number {
  return ranks.reduce<number>((sum, rank) => sum + (rank ?? 0), 0);
}

/** Groups in the order of their first action, actions in theirs. */
function byGroup(actions: readonly Action[]): readonly PaletteSection[] {
  const groups = new Set(actions.map(({ group }) => group));
  return [...groups].map((group) => ({
    heading: group,
    actions: actions.filter((action) => action.group === group),
  }));
}
