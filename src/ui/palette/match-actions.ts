import type { Action } from '../../editor/editor.ts';

/** How well a query fits, best first: at the start of the label, of a word in it, or anywhere. */
const START_OF_LABEL = 0;
const START_OF_WORD = 1;
const ANYWHERE = 2;
const IN_GROUP = 3;

/**
 * The actions that a query asks for, best first; all of them, group by group, for an empty query.
 * Every word of the query must occur in the label or be the start of the group's name.
 */
export function matchActions(actions: readonly Action[], query: string): readonly Action[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return byGroup(actions);
  return actions
    .flatMap((action) => {
      const ranks = words.map((word) => rankOf(action, word));
      return ranks.includes(undefined) ? [] : [{ action, rank: total(ranks) }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ action }) => action);
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
function byGroup(actions: readonly Action[]): readonly Action[] {
  const groups = new Set(actions.map(({ group }) => group));
  return [...groups].flatMap((group) => actions.filter((action) => action.group === group));
}
