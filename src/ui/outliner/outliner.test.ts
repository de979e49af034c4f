import { describe, expect, test } from 'vitest';
import { type Entity, NO_ENTITY, type OutlinerRow } from '../../editor/editor.ts';
import { dropTargetAt } from './drop-target.ts';
import { edgeScroll } from './edge-scroll.ts';
import { isWithin, parentOf, rowRange, siblingPlaces } from './tree.ts';
import { treeIntent } from './tree-keys.ts';
import { treeMove } from './tree-moves.ts';

/** Rows from a picture: indentation is depth, a trailing `-` is collapsed, `+` expanded. */
function rowsOf(picture: string): readonly OutlinerRow[] {
  const lines = picture.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line, index) => ({
    entity: (index + 1) as Entity,
    id: `id-${index + 1}`,
    name: line.trim().replace(/[-+]$/, ''),
    kind: 'box',
    depth: (line.search(/\S/) - margin) / 2,
    hasChildren: /[-+]$/.test(line),
    expanded: line.endsWith('+'),
    selected: false,
    hidden: false,
    locked: false,
    peers: [],
  }));
}

const ROWS = rowsOf(`
  house+
    roof
    walls+
      door
    floor-
  tree
`);
const [HOUSE, ROOF, WALLS, DOOR, FLOOR, TREE] = ROWS.map((row) => row.entity) as [
  Entity,
  Entity,
  Entity,
  Entity,
  Entity,
  Entity,
];

describe('the rows as a tree', () => {
  test('a row hangs under the nearest shallower row above it', () => {
    expect(ROWS.map((_, index) => parentOf(ROWS, index))).toEqual([
      NO_ENTITY,
      HOUSE,
      HOUSE,
      WALLS,
      HOUSE,
      NO_ENTITY,
    ]);
  });

  test('a row is within itself and everything above it', () => {
    expect(isWithin(ROWS, 3, new Set([HOUSE]))).toBe(true);
    expect(isWithin(ROWS, 3, new Set([DOOR]))).toBe(true);
    expect(isWithin(ROWS, 3, new Set([ROOF, TREE]))).toBe(false);
  });

  test('a range runs either way, and is one row when its start has gone', () => {
    expect(rowRange(ROWS, ROOF, DOOR)).toEqual([ROOF, WALLS, DOOR]);
    expect(rowRange(ROWS, DOOR, ROOF)).toEqual([ROOF, WALLS, DOOR]);
    expect(rowRange(ROWS, 99 as Entity, ROOF)).toEqual([ROOF]);
  });

  test('siblings are numbered within their own parent', () => {
    expect(siblingPlaces(ROWS)).toEqual([
      { position: 1, size: 2 },
      { position: 1, size: 3 },
      { position: 2, size: 3 },
      { position: 1, size: 1 },
      { position: 3, size: 3 },
      { position: 2, size: 2 },
    ]);
  });

  test('the children of two parents are two sets', () => {
    const places = siblingPlaces(
      rowsOf(`
        a+
          b
          c
        d+
          e
      `),
    );
    expect(places.map(({ size }) => size)).toEqual([2, 2, 2, 2, 1]);
  });
});

describe('keys in the tree', () => {
  const press = (index: number, key: string, shift = false) =>
    treeIntent(ROWS, index, { key, shift });

  test('up and down stop at the ends; Shift extends', () => {
    expect(press(0, 'ArrowUp')).toEqual({ kind: 'focus', index: 0, extend: false });
    expect(press(5, 'ArrowDown')).toEqual({ kind: 'focus', index: 5, extend: false });
    expect(press(1, 'ArrowDown', true)).toEqual({ kind: 'focus', index: 2, extend: true });
  });

  test('with no row in focus, down goes to the first and up to the last', () => {
    expect(press(-1, 'ArrowDown')).toMatchObject({ index: 0 });
    expect(press(-1, 'ArrowUp')).toMatchObject({ index: 5 });
  });

  test('right opens, then goes in; left closes, then goes out', () => {
    expect(press(4, 'ArrowRight')).toEqual({ kind: 'toggle', entity: FLOOR });
    expect(press(2, 'ArrowRight')).toMatchObject({ kind: 'focus', index: 3 });
    expect(press(1, 'ArrowRight')).toBeUndefined();
    expect(press(2, 'ArrowLeft')).toEqual({ kind: 'toggle', entity: WALLS });
    expect(press(3, 'ArrowLeft')).toMatchObject({ kind: 'focus', index: 2 });
    expect(press(5, 'ArrowLeft')).toBeUndefined();
  });

  test('keys that are not the tree’s are left to others', () => {
    expect(press(1, 'Delete')).toBeUndefined();
    expect(treeIntent([], -1, { key: 'ArrowDown', shift: false })).toBeUndefined();
  });
});

describe('dropping rows', () => {
  const drop = (position: number, ...dragged: Entity[]) =>
    dropTargetAt(ROWS, position, new Set(dragged));

  test('the middle of a row is inside of it', () => {
    expect(drop(5.5, ROOF)).toMatchObject({ parent: TREE, place: undefined, edge: 'inside' });
  });

  test('an edge is beside it, under the same parent', () => {
    expect(drop(4.1, TREE)).toMatchObject({ parent: HOUSE, place: { before: FLOOR } });
    expect(drop(1.9, TREE)).toMatchObject({ parent: HOUSE, place: { after: ROOF } });
  });

  test('below an open parent is before its first child', () => {
    expect(drop(0.95, TREE)).toMatchObject({ parent: HOUSE, place: { before: ROOF }, depth: 1 });
  });

  test('below the last row is the end of the top level', () => {
    expect(drop(9, DOOR)).toMatchObject({ parent: NO_ENTITY, place: { after: TREE } });
    expect(drop(9, TREE)).toMatchObject({ parent: NO_ENTITY, place: undefined });
  });

  test('O7: nothing drops into itself or below itself', () => {
    expect(drop(2.5, WALLS)).toBeUndefined();
    expect(drop(3.5, WALLS)).toBeUndefined();
    expect(drop(3.5, HOUSE)).toBeUndefined();
  });
});

describe('Alt and an arrow', () => {
  test('move a row among its siblings, over what is below them', () => {
    expect(treeMove(ROWS, 4, 'ArrowUp')).toEqual({ parent: HOUSE, place: { before: WALLS } });
    expect(treeMove(ROWS, 0, 'ArrowDown')).toEqual({ parent: NO_ENTITY, place: { after: TREE } });
    expect(treeMove(ROWS, 1, 'ArrowUp')).toBeUndefined();
    expect(treeMove(ROWS, 5, 'ArrowDown')).toBeUndefined();
  });

  test('move it into the sibling above, and out of its parent', () => {
    expect(treeMove(ROWS, 2, 'ArrowRight')).toEqual({ parent: ROOF, place: undefined });
    expect(treeMove(ROWS, 3, 'ArrowLeft')).toEqual({ parent: HOUSE, place: { after: WALLS } });
    expect(treeMove(ROWS, 0, 'ArrowRight')).toBeUndefined();
    expect(treeMove(ROWS, 0, 'ArrowLeft')).toBeUndefined();
    expect(treeMove(ROWS, 0, 'Home')).toBeUndefined();
  });
});

test('a drag near an edge scrolls, the nearer the faster', () => {
  expect(edgeScroll(300, 100, 500)).toBe(0);
  expect(edgeScroll(125, 100, 500)).toBeLessThan(0);
  expect(edgeScroll(102, 100, 500)).toBeLessThan(edgeScroll(125, 100, 500));
  expect(edgeScroll(499, 100, 500)).toBeGreaterThan(0);
  expect(edgeScroll(5000, 100, 500)).toBe(14);
});
