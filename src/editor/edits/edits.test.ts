import { describe, expect, it } from 'vitest';
import { Light, Name, Primitive, Transform } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import { Scene } from '../scene.ts';
import { LocalSession, SCOPE_CHANGED } from '../testing/local-session.ts';
import { viewportWith } from '../testing/viewport.ts';

const half = Math.SQRT1_2;

function setUp() {
  const session = new LocalSession();
  const { document } = session;
  const editor = session.editor();
  const scene = new Scene(document);
  const create = (position: Vec3, parent?: Entity) =>
    session.create({
      components: { transform: { position } },
      ...(parent && { parent: document.idOf(parent) }),
    });
  const originOf = (entity: Entity) => scene.worldOf(entity).origin.map((each) => +each.toFixed(5));
  const steps = () => session.pipeline.history.undoSteps.length;
  return { session, document, editor, scene, create, originOf, steps };
}

const viewportAt = (focus: Vec3) => viewportWith({ focus: () => focus });

describe('adding', () => {
  it('puts a shape on the ground below the focus of the view, named and selected', () => {
    const { editor, document } = setUp();
    editor.attachViewport(viewportAt([3, 1.7, -2]));
    editor.addPrimitive('box');
    editor.addPrimitive('box');
    editor.addPrimitive('sphere');
    const names = editor.outliner.getState().rows.map((row) => row.name);
    expect(names).toEqual(['Box', 'Box 2', 'Sphere']);
    const { active } = editor.selection.getState();
    expect(document.world.get(active, Primitive)?.kind).toBe('sphere');
    expect(document.world.get(active, Transform)?.position).toEqual([3, 0.5, -2]);
  });

  it('puts lights above it, a spotlight shining down', () => {
    const { editor, document, scene } = setUp();
    editor.addLight('spot');
    const { active } = editor.selection.getState();
    expect(document.world.get(active, Light)?.kind).toBe('spot');
    expect(document.world.get(active, Name)?.value).toBe('Spotlight');
    const { z } = scene.worldOf(active);
    expect(z[1]).toBeCloseTo(1, 5);
  });

  it.each(['directional', 'point', 'spot', 'ambient'] as const)('adds a %s light', (kind) => {
    const { editor, document } = setUp();
    editor.addLight(kind);
    expect(document.world.get(editor.selection.getState().active, Light)?.kind).toBe(kind);
    expect(editor.notices.getState().items).toEqual([]);
  });
});

describe('reparenting', () => {
  it('leaves objects where they are in the world, in one step', () => {
    const { session, document, editor, create, originOf, steps } = setUp();
    const parent = session.create({
      components: {
        transform: { position: [5, 0, 0], rotation: [0, half, 0, half], scale: [2, 2, 2] },
      },
    });
    const [a, b] = [create([1, 2, 3]), create([-1, 0, 0])];
    const before = steps();
    editor.reparent([a, b], parent);
    expect(document.effectiveParent(a)).toBe(parent);
    expect(originOf(a)).toEqual([1, 2, 3]);
    expect(originOf(b)).toEqual([-1, 0, 0]);
    expect(steps() - before).toBe(1);
    editor.reparent([a], NO_ENTITY);
    expect(originOf(a)).toEqual([1, 2, 3]);
    expect(document.world.get(a, Transform)?.scale[0]).toBeCloseTo(1, 5);
  });

  it('counts the transform of a tombstone above', () => {
    const { session, document, editor, create, originOf } = setUp();
    const parent = create([5, 0, 0]);
    const child = create([1, 0, 0], parent);
    document.writePlace(parent, NO_ENTITY, false, { lamport: 99, site: session.log.site });
    editor.update();
    editor.reparent([child], NO_ENTITY);
    expect(document.parentOf(child)).toBe(NO_ENTITY);
    expect(originOf(child)).toEqual([6, 0, 0]);
  });

  it('does not put an object inside itself, and says so', () => {
    const { document, editor, create } = setUp();
    const parent = create([0, 0, 0]);
    const child = create([0, 0, 0], parent);
    editor.reparent([parent], child);
    expect(document.effectiveParent(parent)).toBe(NO_ENTITY);
    expect(editor.notices.getState().items[0]?.text).toMatch(/inside itself/);
  });

  it('orders among siblings, several in their order', () => {
    const { editor, create } = setUp();
    const [a, b, c, d] = [0, 1, 2, 3].map((x) => create([x, 0, 0])) as [
      Entity,
      Entity,
      Entity,
      Entity,
    ];
    const order = () => {
      editor.update();
      return editor.outliner.getState().rows.map((row) => [a, b, c, d].indexOf(row.entity));
    };
    editor.reparent([c, d], NO_ENTITY, { before: a });
    expect(order()).toEqual([2, 3, 0, 1]);
    editor.reparent([c, d], NO_ENTITY, { after: a });
    expect(order()).toEqual([0, 2, 3, 1]);
    editor.reparent([a], NO_ENTITY);
    expect(order()).toEqual([2, 3, 1, 0]);
  });
});

describe('grouping', () => {
  it('makes a group at the median and keeps everything where it is, in one step', () => {
    const { document, editor, create, originOf, steps } = setUp();
    const [a, b] = [create([0, 0, 0]), create([4, 2, 0])];
    editor.select([a, b]);
    const before = steps();
    editor.groupSelected();
    const group = editor.selection.getState().active;
    expect(originOf(group)).toEqual([2, 1, 0]);
    expect([a, b].map((each) => document.effectiveParent(each))).toEqual([group, group]);
    expect(originOf(b)).toEqual([4, 2, 0]);
    expect(steps() - before).toBe(1);

    editor.ungroupSelected();
    expect(document.isAlive(group)).toBe(false);
    expect(editor.selection.getState().entities).toEqual([a, b]);
    expect(originOf(b)).toEqual([4, 2, 0]);

    editor.undo();
    editor.undo();
    expect(document.isAlive(group)).toBe(false);
    expect([a, b].map((each) => document.effectiveParent(each))).toEqual([NO_ENTITY, NO_ENTITY]);
  });

  it('groups children within the parent that they share', () => {
    const { document, editor, create, originOf } = setUp();
    const parent = create([10, 0, 0]);
    const child = create([1, 0, 0], parent);
    editor.select([child]);
    editor.groupSelected();
    const group = editor.selection.getState().active;
    expect(document.effectiveParent(group)).toBe(parent);
    expect(originOf(child)).toEqual([11, 0, 0]);
  });
});

describe('deleting and duplicating', () => {
  it('selects the copies', () => {
    const { document, editor, create } = setUp();
    const parent = create([0, 0, 0]);
    const child = create([1, 0, 0], parent);
    editor.select([parent, child]);
    editor.duplicateSelected();
    const { entities } = editor.selection.getState();
    expect(entities).toHaveLength(1);
    expect(entities[0]).not.toBe(parent);
    expect(document.isAlive(entities[0]!)).toBe(true);
  });

  it('leaves what is locked, and says so where nothing else is selected', () => {
    const { document, editor, create } = setUp();
    const [locked, free] = [create([0, 0, 0]), create([1, 0, 0])];
    editor.setFlag([locked], 'locked', true);
    editor.select([locked, free]);
    editor.deleteSelected();
    expect([locked, free].map((each) => document.isAlive(each))).toEqual([true, false]);
    editor.deleteSelected();
    expect(editor.notices.getState().items[0]?.text).toBe('Group is locked. Unlock first.');
    editor.setFlag([locked], 'locked', false);
    editor.deleteSelected();
    expect(document.isAlive(locked)).toBe(false);
  });
});

describe('renaming', () => {
  it('trims, and keeps the old name rather than none', () => {
    const { document, editor, create } = setUp();
    const entity = create([0, 0, 0]);
    editor.rename(entity, '  Chair ');
    editor.rename(entity, '  ');
    expect(document.world.get(entity, Name)?.value).toBe('Chair');
  });
});

describe('what becomes of a command', () => {
  it('O4: a refused one is taken back, and a notice says why in words', async () => {
    const { session, editor, create, originOf } = setUp();
    const [entity, parent] = [create([0, 0, 0]), create([5, 0, 0])];
    session.answer();
    session.answer();
    editor.reparent([entity], parent);
    session.answer(SCOPE_CHANGED);
    await Promise.resolve();
    expect(originOf(entity)).toEqual([0, 0, 0]);
    expect(session.document.effectiveParent(entity)).toBe(NO_ENTITY);
    const [notice] = editor.notices.getState().items;
    expect(notice?.kind).toBe('error');
    expect(notice?.text).toMatch(/^Reparent Group: Somebody else/);
    const rows = editor.outliner.getState().rows.map((row) => row.depth);
    expect(rows).toEqual([0, 0]);
  });

  it('O4: one that cannot even be tried leaves a notice and the document as it was', () => {
    const { editor, create, steps } = setUp();
    const entity = create([0, 0, 0]);
    const before = steps();
    editor.rename(entity, 'x'.repeat(300));
    expect(editor.notices.getState().items[0]).toMatchObject({ kind: 'error' });
    expect(steps()).toBe(before);
  });

  it('shows history and what is pending', () => {
    const { session, editor, create } = setUp();
    const entity = create([0, 0, 0]);
    session.answer();
    editor.rename(entity, 'Chair');
    expect(editor.history.getState()).toMatchObject({ canUndo: true, undoLabel: 'Rename Group' });
    expect(editor.connection.getState().pending).toBe(1);
    session.answer();
    expect(editor.connection.getState().pending).toBe(0);
    editor.undo();
    expect(editor.history.getState()).toMatchObject({ canRedo: true, redoLabel: 'Rename Group' });
  });

  it('says that there is nothing to undo', () => {
    const { editor } = setUp();
    editor.undo();
    expect(editor.notices.getState().items[0]?.text).toBe('Nothing to undo.');
  });
});
