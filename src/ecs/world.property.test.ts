import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Change, type ChangeReader } from './change-log.ts';
import { type Component, defineComponent, type Input } from './component.ts';
import { type Entity, entityIndex, NO_ENTITY } from './entity.ts';
import { entity, enumOf, f32, text, u8, vec3 } from './fields.ts';
import type { QueryTerms } from './query.ts';
import { World } from './world.ts';

const Place = defineComponent('place', { at: vec3(), size: f32(1) });
const Kind = defineComponent('kind', { kind: enumOf(['a', 'b', 'c'], 'b'), level: u8(7) });
const Label = defineComponent('label', { text: text(8, 'none'), target: entity() });
const Tag = defineComponent('tag', {});
/** Enough of them that the components of interest are in two words of the mask. */
const FILLERS = Array.from({ length: 30 }, (_, i) => defineComponent(`filler${i}`, {}));
const COMPONENTS: readonly Component[] = [Place, Kind, Label, Tag];
const REGISTERED = [Place, Kind, ...FILLERS, Label, Tag];

const TERMS: readonly QueryTerms[] = [
  {},
  { all: [Place] },
  { all: [Place, Label] },
  { all: [Kind], none: [Tag] },
  { any: [Label, Place], none: [Kind] },
  { none: [Place, Tag] },
];

type Values = Record<string, unknown>;

const VALUES = {
  place: fc.record(
    {
      at: fc.tuple(fc.integer(), fc.integer(), fc.integer()),
      size: fc.float({ noNaN: true, noDefaultInfinity: true }),
    },
    { requiredKeys: [] },
  ),
  kind: fc.record(
    { kind: fc.constantFrom('a', 'b', 'c'), level: fc.integer({ min: 0, max: 255 }) },
    { requiredKeys: [] },
  ),
  label: fc.record({ text: fc.string({ maxLength: 8 }) }, { requiredKeys: [] }),
  tag: fc.constant({}),
} satisfies Record<string, fc.Arbitrary<Values>>;

/** Picks an entity by its place in the list of all that were ever spawned, dead ones included. */
const who = fc.nat();
const write = fc.constantFrom(...COMPONENTS).chain((component) =>
  fc.record({
    component: fc.constant(component),
    value: VALUES[component.name as keyof typeof VALUES] as fc.Arbitrary<Values>,
  }),
);

interface Write {
  readonly component: Component;
  readonly value: Values;
}

type Operation =
  | { readonly op: 'spawn' }
  | { readonly op: 'despawn'; readonly who: number }
  | { readonly op: 'add'; readonly who: number; readonly what: Write }
  | { readonly op: 'set'; readonly who: number; readonly what: Write }
  | { readonly op: 'remove'; readonly who: number; readonly component: Component }
  | { readonly op: 'touch'; readonly who: number; readonly component: Component }
  | { readonly op: 'read'; readonly reader: number };

const component = fc.constantFrom(...COMPONENTS);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ op: fc.constant('spawn' as const) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('despawn' as const), who }) },
  { weight: 6, arbitrary: fc.record({ op: fc.constant('add' as const), who, what: write }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('set' as const), who, what: write }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('remove' as const), who, component }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('touch' as const), who, component }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('read' as const), reader: fc.nat(2) }) },
);

/** Mostly of one component, and seldom a new entity. */
const place = fc.record({ component: fc.constant<Component>(Place), value: VALUES.place });
const churn: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ op: fc.constant('spawn' as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('despawn' as const), who }) },
  { weight: 6, arbitrary: fc.record({ op: fc.constant('add' as const), who, what: place }) },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('remove' as const),
      who,
      component: fc.constant<Component>(Place),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      op: fc.constant('touch' as const),
      who,
      component: fc.constant<Component>(Place),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('read' as const),
      reader: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2),
    }),
  },
);

/** What a world must be like: maps of maps, and nothing clever. */
class Model {
  readonly spawned: Entity[] = [];
  readonly living = new Map<Entity, Map<Component, Values>>();

  pick(who: number): Entity {
    return this.spawned[who % Math.max(1, this.spawned.length)] ?? NO_ENTITY;
  }

  fits(entity: Entity, { all = [], any = [], none = [] }: QueryTerms): boolean {
    const has = (each: Component): boolean => this.living.get(entity)!.has(each);
    return all.every(has) && (any.length === 0 || any.some(has)) && !none.some(has);
  }

  matching(terms: QueryTerms): Entity[] {
    return [...this.living.keys()]
      .filter((entity) => this.fits(entity, terms))
      .sort((a, b) => entityIndex(a) - entityIndex(b));
  }
}

/** A reader and what it should report: which entities had the component when it last read. */
class ModelReader {
  readonly reader: ChangeReader;
  readonly component: Component;
  known: Set<Entity>;
  readonly dirty = new Set<Entity>();

  constructor(world: World, component: Component, known: Iterable<Entity>) {
    this.reader = world.observe(component);
    this.component = component;
    this.known = new Set(known);
  }

  expected(model: Model): Map<Entity, number> {
    const now = new Set(model.matching({ all: [this.component] }));
    const changes = new Map<Entity, number>();
    for (const entity of this.dirty) {
      if (now.has(entity))
        changes.set(entity, this.known.has(entity) ? Change.changed : Change.added);
      else if (this.known.has(entity)) changes.set(entity, Change.removed);
    }
    this.known = now;
    this.dirty.clear();
    return changes;
  }

  actual(): Map<Entity, number> {
    const changes = new Map<Entity, number>();
    this.reader.read((entity, kind) => {
      expect(changes.has(entity), 'an entity is visited once').toBe(false);
      changes.set(entity, kind);
    });
    return changes;
  }
}

function defaults(component: Component): Values {
  return Object.fromEntries(component.fields.map((field) => [field.name, field.default]));
}

/** As 32-bit floats without negative zero. */
function asStored(value: Values): Values {
  const round = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(round);
    return typeof each === 'number' ? Math.fround(each) + 0 : each;
  };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, round(each)]));
}

function apply(world: World, model: Model, readers: readonly ModelReader[], step: Operation): void {
  const dirty = (entity: Entity, component: Component): void => {
    for (const each of readers) if (each.component === component) each.dirty.add(entity);
  };
  if (step.op === 'spawn') {
    const entity = world.spawn();
    expect(model.spawned).not.toContain(entity);
    model.spawned.push(entity);
    model.living.set(entity, new Map());
    return;
  }
  if (step.op === 'read') {
    const reader = readers[step.reader]!;
    expect(reader.actual()).toEqual(reader.expected(model));
    return;
  }
  const entity = model.pick(step.who);
  const held = model.living.get(entity);
  if (step.op === 'despawn') {
    expect(world.despawn(entity)).toBe(held !== undefined);
    for (const component of held?.keys() ?? []) dirty(entity, component);
    model.living.delete(entity);
    return;
  }
  const target = 'what' in step ? step.what.component : step.component;
  if (step.op === 'remove') {
    expect(world.remove(entity, target)).toBe(held?.has(target) ?? false);
    if (held?.delete(target)) dirty(entity, target);
    return;
  }
  if (held === undefined || (step.op !== 'add' && !held.has(target))) {
    const code = held === undefined ? 'dead-entity' : 'missing-component';
    const attempt = (): void => {
      if (step.op === 'touch') world.touch(entity, target);
      else world[step.op](entity, target, step.what.value as Input<Component>);
    };
    expect(attempt).toThrow(expect.objectContaining({ code }));
    return;
  }
  dirty(entity, target);
  if (step.op === 'touch') {
    world.touch(entity, target);
    return;
  }
  world[step.op](entity, target, step.what.value as Input<Component>);
  held.set(target, { ...(held.get(target) ?? defaults(target)), ...asStored(step.what.value) });
}

function compare(world: World, model: Model): void {
  expect(world.entityCount).toBe(model.living.size);
  for (const terms of TERMS) {
    const query = world.query(terms);
    const expected = model.matching(terms);
    expect(query.count).toBe(expected.length);
    expect([...query.entities]).toEqual(expected);
    const visited: Entity[] = [];
    query.forEach((entity) => {
      visited.push(entity);
    });
    expect(visited).toEqual(expected);
    const indices: number[] = [];
    query.forEachRun((first, end) => {
      expect(end).toBeGreaterThan(first);
      for (let index = first; index < end; index++) indices.push(index);
    });
    expect(indices).toEqual(expected.map(entityIndex));
    for (const entity of model.spawned) expect(query.has(entity)).toBe(expected.includes(entity));
  }
  for (const entity of model.spawned) compareEntity(world, model, entity);
}

function compareEntity(world: World, model: Model, entity: Entity): void {
  const held = model.living.get(entity);
  expect(world.isAlive(entity)).toBe(held !== undefined);
  if (held !== undefined) expect(world.entityAtIndex(entityIndex(entity))).toBe(entity);
  const expected = REGISTERED.filter((each) => held?.has(each));
  expect(world.componentsOf(entity)).toEqual(expected);
  for (const each of COMPONENTS) {
    expect(world.has(entity, each)).toBe(held?.has(each) ?? false);
    expect(world.get(entity, each)).toEqual(held?.get(each));
  }
}

describe('World against a naive model', { timeout: 60_000 }, () => {
  it('agrees after any operations, whatever grows, is used again or is looked up early', () => {
    fc.assert(
      fc.property(
        fc.array(operation, { maxLength: 200, size: 'max' }),
        fc.subarray(TERMS as QueryTerms[]),
        fc.constantFrom(1, 40),
        (operations, early, capacity) => {
          const world = new World({ capacity, components: REGISTERED });
          for (const terms of early) world.query(terms);
          const model = new Model();
          const readers = [Place, Place, Label].map((each) => new ModelReader(world, each, []));
          for (const step of operations) apply(world, model, readers, step);
          compare(world, model);
          for (const each of readers) expect(each.actual()).toEqual(each.expected(model));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('tells readers of any pace the truth about few entities that change a lot', () => {
    const crowd = fc.array(operation, { maxLength: 12, size: 'max' });
    const touches = fc.array(churn, { maxLength: 500, size: 'max' });
    fc.assert(
      fc.property(crowd, touches, (operations, rest) => {
        const world = new World({ capacity: 1, components: REGISTERED });
        const model = new Model();
        const readers = [Place, Place, Place].map((each) => new ModelReader(world, each, []));
        for (let i = 0; i < 3; i++) apply(world, model, readers, { op: 'spawn' });
        for (const step of [...operations, ...rest]) apply(world, model, readers, step);
        for (const each of readers) expect(each.actual()).toEqual(each.expected(model));
      }),
      { numRuns: 120 },
    );
  });

  it('keeps a list that is looked at after each operation', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40, size: 'max' }), (operations) => {
        const world = new World({ capacity: 1, components: REGISTERED });
        const model = new Model();
        const readers = [Kind, Label, Tag].map((each) => new ModelReader(world, each, []));
        for (const step of operations) {
          apply(world, model, readers, step);
          compare(world, model);
        }
      }),
      { numRuns: 40 },
    );
  });
});
