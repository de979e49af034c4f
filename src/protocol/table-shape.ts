import { type FieldPlan, KIND, TABLE_PLANS, type TablePlan } from './plans.ts';

const OFFSET_SIZE = 4;
const VTABLE_HEADER = 4;
const DISCRIMINANT_SIZE = 1;

/** Something that lies in the table itself: a field, or a union's discriminant. */
interface Cell {
  readonly slot: number;
  readonly size: number;
  readonly align: number;
}

/** Where the given fields of a table lie: one for each combination of present fields. */
export interface Shape {
  readonly vtable: Uint16Array;
  /** By slot; 0 is absent. */
  readonly offsets: readonly number[];
  readonly size: number;
  readonly align: number;
}

const shapes = new Map<TablePlan, Map<number, Shape>>(
  [...TABLE_PLANS.values()].map((plan) => [plan, new Map()]),
);

/** The shape of a table whose field i is there where bit i of `presence` is set. */
export function shapeOf(plan: TablePlan, presence: number): Shape {
  const ofPlan = shapes.get(plan)!;
  const known = ofPlan.get(presence);
  if (known !== undefined) return known;
  const shape = makeShape(plan, presence);
  ofPlan.set(presence, shape);
  return shape;
}

function cellsOf(field: FieldPlan): Cell[] {
  return field.kind === KIND.union
    ? [field, { slot: field.slot - 1, size: DISCRIMINANT_SIZE, align: 1 }]
    : [field];
}

/** The widest first, so that nothing between them is lost to alignment. */
function makeShape(plan: TablePlan, presence: number): Shape {
  const cells = plan.fields
    .filter((_, i) => (presence & (1 << i)) !== 0)
    .flatMap(cellsOf)
    .sort((a, b) => b.align - a.align || a.slot - b.slot);
  const slots = Math.max(0, ...cells.map(({ slot }) => slot + 1));
  const offsets = Array<number>(slots).fill(0);
  let size = OFFSET_SIZE;
  for (const cell of cells) {
    offsets[cell.slot] = size;
    size += cell.size;
  }
  const vtable = Uint16Array.of(VTABLE_HEADER + 2 * slots, size, ...offsets);
  return {
    vtable,
    offsets,
    size,
    align: Math.max(OFFSET_SIZE, ...cells.map(({ align }) => align)),
  };
}
