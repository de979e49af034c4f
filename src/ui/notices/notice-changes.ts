/** What has come and what has gone between the ids that are shown and the items of a store. */
export interface Changes<Item> {
  readonly added: readonly Item[];
  readonly removed: readonly string[];
}

export function changesSince<Item extends { readonly id: string }>(
  shown: ReadonlySet<string>,
  items: readonly Item[],
): Changes<Item> {
  const ids = new Set(items.map(({ id }) => id));
  return {
    added: items.filter(({ id }) => !shown.has(id)),
    removed: [...shown].filter((id) => !ids.has(id)),
  };
}
