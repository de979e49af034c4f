import { describe, expect, it } from 'vitest';
import { Change } from './change-log.ts';
import { defineComponent } from './component.ts';
import { DOCUMENT_COMPONENTS, Name, Primitive, Transform } from './components/index.ts';
import { type Entity, NO_ENTITY } from './entity.ts';
import {
  bool,
  color,
  entity,
  enumOf,
  f32,
  f64,
  hash,
  i8,
  i16,
  i32,
  quat,
  text,
  u8,
  u16,
  u32,
  vec2,
  vec3,
  vec4,
} from './fields.ts';
import { World } from './world.ts';

const Everything = defineComponent('everything', {
  f32: f32(1.5),
  f64: f64(0.1),
  i8: i8(-8),
  u8: u8(8),
  i16: i16(-16),
  u16: u16(16),
  i32: i32(-32),
  u32: u32(4_000_000_000),
  bool: bool(true),
  choice: enumOf(['x', 'y'], 'y'),
  vec2: vec2([1, 2]),
  vec3: vec3([1, 2, 3]),
  vec4: vec4([1, 2, 3, 4]),
  quat: quat(),
  color: color([0.5, 0.25, 0, 1]),
  text: text(4, 'text'),
  hash: hash(),
  entity: entity(),
});

const DEFAULTS = {
  f32: 1.5,
  f64: 0.1,
  i8: -8,
  u8: 8,
  i16: -16,
  u16: 16,
  i32: -32,
  u32: 4_000_000_000,
  bool: true,
  choice: 'y',
  vec2: [1, 2],
  vec3: [1, 2, 3],
  vec4: [1, 2, 3, 4],
  quat: [0, 0, 0, 1],
  color: [0.5, 0.25, 0, 1],
  text: 'text',
  hash: '',
  entity: NO_ENTITY,
};

describe('World', () => {
  it('gives every kind of field its default, also after another use of the index', () => {
    const world = new World();
    const first = world.spawn();
    world.add(first, Everything);
    expect(world.get(first, Everything)).toEqual(DEFAULTS);
    world.set(first, Everything, {
      i8: 1,
      choice: 'x',
      quat: [1, 0, 0, 0],
      text: 'a',
      bool: false,
    });
    world.despawn(first);
    const second = world.spawn();
    world.add(second, Everything, { vec2: [3, 4] });
    expect(world.get(second, Everything)).toEqual({ ...DEFAULTS, vec2: [3, 4] });
  });

  it('writes only the given fields when a component is added twice', () => {
    const world = new World();
    const box = world.spawn();
    world.add(box, Primitive, { kind: 'torus', radius: 2 });
    world.add(box, Primitive, { radius: 3 });
    expect(world.get(box, Primitive)).toMatchObject({ kind: 'torus', radius: 3 });
  });

  it.each([
    ['f32', Number.NaN],
    ['f32', 1e39],
    ['f64', Number.POSITIVE_INFINITY],
    ['i8', 128],
    ['u8', -1],
    ['u16', 0.5],
    ['u32', 2 ** 32],
    ['bool', 1],
    ['choice', 'z'],
    ['vec2', [1]],
    ['vec3', [1, 2, Number.NaN]],
    ['vec3', [1, 2, '3']],
    ['vec4', 'four'],
    ['text', 5],
    ['entity', -1],
    ['entity', null],
  ])('refuses %s = %o by name, and writes nothing', (field, value) => {
    const world = new World();
    const target = world.spawn();
    world.add(target, Everything);
    const write = { i32: 5, [field]: value, f64: field === 'f64' ? value : 9 } as object;
    const refusal = expect.objectContaining({
      code: 'bad-value',
      message: expect.stringContaining(`everything.${field} needs`),
    });
    expect(() => world.set(target, Everything, write)).toThrow(refusal);
    expect(world.get(target, Everything)).toEqual(DEFAULTS);
    const bare = world.spawn();
    expect(() => world.add(bare, Everything, write)).toThrow(refusal);
    expect(world.has(bare, Everything)).toBe(false);
  });

  it('O6: stores negative zero as zero, also where a number underflows to it', () => {
    const world = new World();
    const target = world.spawn();
    world.add(target, Everything, { f32: -0, f64: -0, vec3: [-0, -1e-60, 0] });
    const { f32: single, f64: double, vec3: vector } = world.get(target, Everything)!;
    expect([single, double, ...vector].every((each) => Object.is(each, 0))).toBe(true);
  });

  it('makes room at once, and gives many a component, whose readers and queries follow', () => {
    const world = new World({ capacity: 32 });
    const query = world.query({ all: [Primitive] });
    const first = world.spawn();
    world.add(first, Primitive, { kind: 'cone' });
    const reader = world.observe(Primitive);
    world.reserve(500);
    const { capacity } = world;
    expect(capacity).toBeGreaterThanOrEqual(500);
    const entities = [first, ...Array.from({ length: 499 }, () => world.spawn())];
    world.addEach(entities, Primitive);
    expect(world.capacity).toBe(capacity);
    expect(world.get(first, Primitive)?.kind).toBe('cone');
    expect(world.get(entities[499]!, Primitive)?.kind).toBe('box');
    expect(query.count).toBe(500);
    const seen: string[] = [];
    reader.read((_, kind) => seen.push(kind === Change.added ? 'added' : 'changed'));
    expect(seen.filter((kind) => kind === 'added')).toHaveLength(499);
    expect(seen).toHaveLength(500);
    world.despawn(first);
    expect(() => world.addEach([first], Primitive)).toThrow(/does not exist/);
  });

  it('keeps the columns object while its arrays grow, with what was in them', () => {
    const world = new World({ capacity: 32 });
    const columns = world.columns(Transform);
    const before = columns.position;
    const first = world.spawn();
    world.add(first, Transform, { position: [1, 2, 3] });
    for (let i = 0; i < 100; i++) world.spawn();
    expect(world.columns(Transform)).toBe(columns);
    expect(columns.position).not.toBe(before);
    expect(columns.position).toHaveLength(world.capacity * 3);
    expect([...columns.position.subarray(0, 3)]).toEqual([1, 2, 3]);
  });

  it('lists components in the order of registration', () => {
    const world = new World({ components: DOCUMENT_COMPONENTS });
    const target = world.spawn();
    world.add(target, Primitive);
    world.add(target, Name, { value: 'a' });
    expect(world.componentsOf(target)).toEqual([Name, Primitive]);
    expect(world.components).toEqual(DOCUMENT_COMPONENTS);
  });

  it('tells of spawns and despawns, of the latter while the entity is readable', () => {
    const world = new World();
    const told: [string, Entity, string | undefined][] = [];
    const stop = world.events.on('spawn', (each) => told.push(['spawn', each, undefined]));
    world.events.on('despawn', (each) =>
      told.push(['despawn', each, world.get(each, Name)?.value]),
    );
    const named = world.spawn();
    world.add(named, Name, { value: 'Box' });
    world.despawn(named);
    stop();
    world.spawn();
    expect(told).toEqual([
      ['spawn', named, undefined],
      ['despawn', named, 'Box'],
    ]);
  });

  it('lets a listener despawn the entity that it is told about', () => {
    const world = new World();
    const stop = world.events.on('despawn', (each) => {
      stop();
      world.despawn(each);
    });
    const target = world.spawn();
    expect(world.despawn(target)).toBe(true);
    expect(world.entityCount).toBe(0);
    expect(world.spawn()).not.toBe(world.spawn());
  });
});
