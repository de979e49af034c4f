import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HierarchyLinks, NONE } from './hierarchy-links.ts';

const COUNT = 12;
const operation = fc.record({
  index: fc.nat({ max: COUNT - 1 }),
  parent: fc.integer({ min: -1, max: COUNT - 1 }),
  remove: fc.boolean(),
});

function below(parents: Map<number, number>, index: number): number[] {
  const children = [...parents].filter(([, parent]) => parent === index).map(([child]) => child);
  return children.flatMap((child) => [child, ...below(parents, child)]);
}

function isAbove(parents: Map<number, number>, ancestor: number, index: number): boolean {
  for (let at = index; at !== NONE; at = parents.get(at) ?? NONE) if (at === ancestor) return true;
  return false;
}

describe('HierarchyLinks', () => {
  it('agrees with a plain map of parents', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const links = new HierarchyLinks();
        const parents = new Map<number, number>();
        for (const { index, parent, remove } of operations) {
          if (remove) {
            links.remove(index, (child) => parents.delete(child));
            parents.delete(index);
          } else if (parent === NONE || !isAbove(parents, index, parent)) {
            links.link(index, parent);
            if (parent === NONE) parents.delete(index);
            else parents.set(index, parent);
          }
          for (let each = 0; each < COUNT; each++) {
            const seen: number[] = [];
            links.forEachBelow(each, (descendant) => seen.push(descendant) > 0);
            expect(seen.sort()).toEqual(below(parents, each).sort());
            expect(links.parentOf(each)).toBe(parents.get(each) ?? NONE);
          }
        }
      }),
    );
  });

  it('walks a chain deeper than any call stack', () => {
    const links = new HierarchyLinks();
    for (let index = 1; index < 200_000; index++) links.link(index, index - 1);
    let count = 0;
    links.forEachBelow(0, () => {
      count += 1;
      return true;
    });
    expect(count).toBe(199_999);
  });
});
