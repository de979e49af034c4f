import { describe, expect, it } from 'vitest';
import { Transform } from '../../../ecs/components/index.ts';
import type { Entity } from '../../../ecs/entity.ts';
import type { Editor } from '../../editor.ts';
import type { Vec3 } from '../../geometry/vec3.ts';
import { LocalSession } from '../../testing/local-session.ts';
import { Hand, key, lookAt } from '../../testing/pointer.ts';
import { viewportWith } from '../../testing/viewport.ts';
import type { GizmoHandle } from '../pointer-input.ts';

const MOVE_X: GizmoHandle = { mode: 'move', axis: 'x' };

function setUp(...components: Record<string, unknown>[]) {
  const session = new LocalSession();
  const entities = components.map((transform, at) =>
    session.create({ name: `Box ${at + 1}`, components: { transform, primitive: {} } }),
  );
  const editor = session.editor();
  editor.select(entities);
  const pose = (entity: Entity) => session.document.world.get(entity, Transform)!;
  const steps = () => session.pipeline.history.undoSteps.length - entities.length;
  return { session, editor, entities, hand: new Hand(editor), pose, steps };
}

function use(editor: Editor, tool: 'move' | 'rotate' | 'scale', space: 'world' | 'local'): void {
  editor.setTool(tool);
  editor.setSpace(space);
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [at, value] of expected.entries()) expect(actual[at]).toBeCloseTo(value, 5);
}

describe('dragging an axis', () => {
  it('previews while it lasts and writes one undo step at the end', () => {
    const { editor, entities, hand, pose, steps } = setUp({ position: [0, 0, 0] });
    const [box] = entities as [Entity];
    hand.down([1, 0, 0], { handle: MOVE_X });
    expect(hand.move([3, 0, 0])).toBe(true);

    expectNear(editor.preview.getState().own.get(box)!.position, [2, 0, 0]);
    expect(editor.tools.getState().gesture).toEqual({ label: 'Move', readout: 'X 2 m' });
    expectNear(pose(box).position, [0, 0, 0]);

    hand.up([3, 0, 0]);
    expectNear(pose(box).position, [2, 0, 0]);
    expect(editor.preview.getState().own.size).toBe(0);
    expect(editor.tools.getState().gesture).toBeNull();
    expect(steps()).toBe(1);
    expect(editor.history.getState().undoLabel).toBe('Move Box 1');
  });

  it('O5: moves several objects as one step, each undone by it', () => {
    const { editor, entities, hand, pose, steps } = setUp(
      { position: [0, 0, 0] },
      { position: [0, 2, 0] },
      { position: [0, 4, 0] },
    );
    hand.drag(MOVE_X, [1, 2, 0], [2, 2, 0]);
    expect(entities.map((each) => Math.round(pose(each).position[0]!))).toEqual([1, 1, 1]);
    expect(steps()).toBe(1);
    expect(editor.history.getState().undoLabel).toBe('Move 3 objects');
    editor.undo();
    expect(entities.map((each) => pose(each).position[0])).toEqual([0, 0, 0]);
  });

  it('does not move a child twice when its parent is selected too', () => {
    const session = new LocalSession();
    const parent = session.create();
    const child = session.create({
      parent: session.document.idOf(parent),
      components: { transform: { position: [0, 1, 0] } },
    });
    const editor = session.editor();
    editor.select([child, parent]);
    new Hand(editor).drag(MOVE_X, [1, 0, 0], [2, 0, 0]);
    expectNear(session.document.world.get(parent, Transform)!.position, [1, 0, 0]);
    expectNear(session.document.world.get(child, Transform)!.position, [0, 1, 0]);
  });

  it('moves by world metres below a scaled and turned parent', () => {
    const session = new LocalSession();
    const half = Math.SQRT1_2;
    const parent = session.create({
      components: { transform: { scale: [2, 2, 2], rotation: [0, half, 0, half] } },
    });
    const child = session.create({ parent: session.document.idOf(parent) });
    const editor = session.editor();
    editor.select([child]);
    new Hand(editor).drag(MOVE_X, [1, 0, 0], [3, 0, 0]);
    expectNear(session.document.world.get(child, Transform)!.position, [0, 0, 1]);
  });

  it('Escape leaves everything as it was', () => {
    const { editor, entities, hand, pose, steps } = setUp({ position: [0, 0, 0] });
    hand.down([1, 0, 0], { handle: MOVE_X });
    hand.move([3, 0, 0]);
    expect(editor.key(key('Escape'))).toBe(true);
    hand.up([3, 0, 0]);
    expectNear(pose(entities[0]!).position, [0, 0, 0]);
    expect(editor.preview.getState().own.size).toBe(0);
    expect(editor.selection.getState().entities).toEqual(entities);
    expect(steps()).toBe(0);
  });

  it('makes no step when the pointer comes back to where it was', () => {
    const { hand, steps } = setUp({ position: [0, 0, 0] });
    hand.drag(MOVE_X, [1, 0, 0], [1, 0, 0]);
    expect(steps()).toBe(0);
  });

  it('is over when the object is deleted under it', () => {
    const { session, editor, entities, hand } = setUp({ position: [0, 0, 0] });
    hand.down([1, 0, 0], { handle: MOVE_X });
    hand.move([2, 0, 0]);
    session.delete(entities[0]!);
    editor.update();
    expect(editor.preview.getState().own.size).toBe(0);
    expect(hand.move([3, 0, 0])).toBe(false);
  });

  it('does not begin where the view looks along the axis', () => {
    const { editor } = setUp({ position: [0, 0, 0] });
    const hand = new Hand(editor, lookAt([10, 0, 0], [0, 0, 0]));
    expect(hand.down([0, 0, 0], { handle: MOVE_X })).toBe(false);
  });

  it('a key does not delete what is being dragged', () => {
    const { session, editor, entities, hand } = setUp({ position: [0, 0, 0] });
    hand.down([1, 0, 0], { handle: MOVE_X });
    expect(editor.key(key('Delete'))).toBe(true);
    expect(session.document.isAlive(entities[0]!)).toBe(true);
  });
});

describe('who and what may be moved', () => {
  it('S4: a viewer selects but does not edit', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    editor.connection.setState({ role: 'viewer' });
    expect(hand.down([1, 0, 0], { handle: MOVE_X })).toBe(false);
    hand.up([3, 0, 0]);
    expectNear(pose(entities[0]!).position, [0, 0, 0]);
    editor.select([]);
    expect(editor.selection.getState().entities).toEqual([]);
  });

  it('leaves locked objects where they are, also where a parent is locked', () => {
    const { session, editor, entities, hand, pose } = setUp(
      { position: [0, 0, 0] },
      { position: [0, 2, 0] },
    );
    const [locked, free] = entities as [Entity, Entity];
    const inside = session.create({ parent: session.document.idOf(locked) });
    editor.setFlag([locked], 'locked', true);
    editor.select([locked, free, inside]);
    hand.drag(MOVE_X, [1, 2, 0], [2, 2, 0]);
    expectNear(pose(locked).position, [0, 0, 0]);
    expectNear(pose(free).position, [1, 2, 0]);
    expectNear(pose(inside).position, [0, 0, 0]);
  });
});

describe('dragging a plane', () => {
  it('moves along both of its axes', () => {
    const { entities, hand, pose } = setUp({ position: [0, 0, 0] });
    hand.drag({ mode: 'move', axis: 'xy' }, [0.5, 0.5, 0], [1.5, -0.25, 0]);
    expectNear(pose(entities[0]!).position, [1, -0.75, 0]);
  });

  it('moves in the plane of the view from its centre', () => {
    const { editor, entities, pose } = setUp({ position: [0, 0, 0] });
    const camera = lookAt([10, 0, 10], [0, 0, 0]);
    new Hand(editor, camera).drag({ mode: 'move', axis: 'view' }, [0, 0, 0], [1, 2, -1]);
    expectNear(pose(entities[0]!).position, [1, 2, -1]);
  });
});

describe('snapping', () => {
  it('Ctrl snaps the pivot onto the grid of the world', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0.13, 0, 0] });
    editor.setSnap({ position: 0.5 });
    hand.drag(MOVE_X, [1, 0, 0], [1.9, 0, 0], { ctrl: true });
    expectNear(pose(entities[0]!).position, [1, 0, 0]);
  });

  it('Ctrl unsnaps while snapping is on', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    editor.setSnap({ enabled: true, position: 0.5 });
    hand.drag(MOVE_X, [1, 0, 0], [1.9, 0, 0], { ctrl: true });
    expectNear(pose(entities[0]!).position, [0.9, 0, 0]);
  });

  it('snaps the distance along local axes', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0.13, 0, 0] });
    editor.setSpace('local');
    editor.setSnap({ enabled: true, position: 0.5 });
    hand.drag(MOVE_X, [1, 0, 0], [1.9, 0, 0]);
    expectNear(pose(entities[0]!).position, [1.13, 0, 0]);
  });
});

describe('rotating', () => {
  const RING_Z: GizmoHandle = { mode: 'rotate', axis: 'z' };
  const half = Math.SQRT1_2;

  it('turns counter-clockwise about the axis that faces the eye', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    use(editor, 'rotate', 'world');
    hand.down([1, 0, 0], { handle: RING_Z });
    hand.move([0, 1, 0]);
    expect(editor.tools.getState().gesture?.readout).toBe('Z 90°');
    hand.up([0, 1, 0]);
    expectNear(pose(entities[0]!).rotation, [0, 0, half, half]);
    expectNear(pose(entities[0]!).position, [0, 0, 0]);
  });

  it('counts on past half a turn', () => {
    const { editor, hand } = setUp({ position: [0, 0, 0] });
    use(editor, 'rotate', 'world');
    hand.down([1, 0, 0], { handle: RING_Z });
    for (const at of [
      [0, 1, 0],
      [-1, 0, 0],
      [0, -1, 0],
      [1, 0, 0],
      [0, 1, 0],
    ] as Vec3[]) {
      hand.move(at);
    }
    expect(editor.tools.getState().gesture?.readout).toBe('Z 450°');
  });

  it('turns several about their median', () => {
    const { editor, entities, hand, pose } = setUp(
      { position: [1, 0, 0] },
      { position: [-1, 0, 0] },
    );
    use(editor, 'rotate', 'world');
    hand.drag(RING_Z, [1, 0, 0], [0, 1, 0]);
    expectNear(pose(entities[0]!).position, [0, 1, 0]);
    expectNear(pose(entities[1]!).position, [0, -1, 0]);
    expectNear(pose(entities[1]!).rotation, [0, 0, half, half]);
  });

  it('snaps to whole steps', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    use(editor, 'rotate', 'world');
    editor.setSnap({ enabled: true, angle: 45 });
    hand.drag(RING_Z, [1, 0, 0], [0.2, 1, 0]);
    expectNear(pose(entities[0]!).rotation, [0, 0, half, half]);
  });

  it('is pulled along where the ring is seen edge-on', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    use(editor, 'rotate', 'world');
    // The near side of the ring about Y goes to the right when it turns counter-clockwise from above.
    hand.drag({ mode: 'rotate', axis: 'y' }, [0.5, 0, 0], [1, 0, 0]);
    expectNear(pose(entities[0]!).rotation, [0, Math.sin(0.5), 0, Math.cos(0.5)]);
  });

  it('turns about the axes of a turned object in local space', () => {
    const { editor, entities, pose } = setUp({ rotation: [0, half, 0, half] });
    use(editor, 'rotate', 'local');
    const camera = lookAt([10, 0, 0], [0, 0, 0]);
    // Its Z is the world's X, which now faces the eye.
    new Hand(editor, camera).drag(RING_Z, [0, 1, 0], [0, 0, 1]);
    const expected = [half * half, half * half, half * half, half * half];
    const { rotation } = pose(entities[0]!);
    const alike = rotation.reduce((sum, value, at) => sum + value * expected[at]!, 0);
    expect(Math.abs(alike)).toBeCloseTo(1, 4);
  });
});

describe('scaling', () => {
  it('scales one axis by how many times as far it was drawn', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    use(editor, 'scale', 'world');
    hand.down([1, 0, 0], { handle: { mode: 'scale', axis: 'x' } });
    hand.move([1.5, 0, 0]);
    expect(editor.tools.getState().gesture?.readout).toBe('X ×1.5');
    hand.up([1.5, 0, 0]);
    expectNear(pose(entities[0]!).scale, [1.5, 1, 1]);
  });

  it('scales two axes by their plane', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    use(editor, 'scale', 'world');
    hand.down([1, 1, 0], { handle: { mode: 'scale', axis: 'xy' } });
    hand.move([2, 2, 0]);
    expect(editor.tools.getState().gesture?.readout).toBe('XY ×2');
    hand.up([2, 2, 0]);
    expectNear(pose(entities[0]!).scale, [2, 2, 1]);
  });

  it('needs no screen: a hand in a headset scales by its ray', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    use(editor, 'scale', 'world');
    hand.down([0, 0, 0], { handle: { mode: 'scale', axis: 'uniform' }, screen: false });
    hand.move([1.2, 0, 0], { screen: false });
    hand.up([1.2, 0, 0], { screen: false });
    expectNear(pose(entities[0]!).scale, [2, 2, 2]);
  });

  it('doubles all axes with 120 pixels, and spreads several apart', () => {
    const { editor, entities, hand, pose } = setUp(
      { position: [1, 0, 0] },
      { position: [-1, 0, 0] },
    );
    use(editor, 'scale', 'world');
    hand.drag({ mode: 'scale', axis: 'uniform' }, [0, 0, 0], [1.2, 0, 0]);
    expectNear(pose(entities[0]!).scale, [2, 2, 2]);
    expectNear(pose(entities[0]!).position, [2, 0, 0]);
    expectNear(pose(entities[1]!).position, [-2, 0, 0]);
  });

  it('scales a single turned object along its own axes, whatever the space', () => {
    const half = Math.SQRT1_2;
    const { editor, entities, hand, pose } = setUp({ rotation: [0, 0, half, half] });
    use(editor, 'scale', 'world');
    hand.drag({ mode: 'scale', axis: 'x' }, [0, 1, 0], [0, 2, 0]);
    expectNear(pose(entities[0]!).scale, [2, 1, 1]);
  });

  it('snaps to steps and never to nothing', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    use(editor, 'scale', 'world');
    editor.setSnap({ enabled: true, scale: 0.5 });
    hand.drag({ mode: 'scale', axis: 'x' }, [1, 0, 0], [0.1, 0, 0]);
    expectNear(pose(entities[0]!).scale, [0.5, 1, 1]);
  });
});

describe('typing in mid-drag', () => {
  const type = (editor: Editor, ...keys: string[]) => {
    for (const each of keys) expect(editor.key(key(each))).toBe(true);
  };
  const gesture = (editor: Editor) => editor.tools.getState().gesture;

  it('takes the place of what the pointer draws, as expressions do', () => {
    const { editor, entities, hand, pose, steps } = setUp({ position: [0, 0, 0] });
    hand.down([1, 0, 0], { handle: MOVE_X });
    hand.move([3, 0, 0]);
    type(editor, '1', '/', '2');
    expect(gesture(editor)).toEqual({
      label: 'Move',
      readout: 'X 0.5 m',
      typed: { text: '1/2', valid: true },
    });
    hand.move([4, 0, 0]);
    hand.up([4, 0, 0]);
    expectNear(pose(entities[0]!).position, [0.5, 0, 0]);
    expect(steps()).toBe(1);
  });

  it('needs no move of the pointer, and Enter writes it at once', () => {
    const { editor, entities, hand, pose, steps } = setUp({ position: [0, 0, 0] });
    hand.down([1, 0, 0], { handle: MOVE_X });
    type(editor, '-', '2', 'Enter');
    expectNear(pose(entities[0]!).position, [-2, 0, 0]);
    expect(gesture(editor)).toBeNull();
    hand.up([5, 0, 0]);
    expectNear(pose(entities[0]!).position, [-2, 0, 0]);
    expect(steps()).toBe(1);
  });

  it('goes back to the pointer when all of it is deleted', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    hand.down([1, 0, 0], { handle: MOVE_X });
    hand.move([3, 0, 0]);
    type(editor, '7', 'Backspace');
    expect(gesture(editor)).toMatchObject({ readout: 'X 2 m', typed: undefined });
    hand.up([3, 0, 0]);
    expectNear(pose(entities[0]!).position, [2, 0, 0]);
  });

  it('says where it is no number yet, and changes nothing by it', () => {
    const { editor, hand } = setUp({ position: [0, 0, 0] });
    hand.down([1, 0, 0], { handle: MOVE_X });
    hand.move([3, 0, 0]);
    type(editor, '2', '+');
    expect(gesture(editor)).toMatchObject({
      readout: 'X 0 m',
      typed: { text: '2+', valid: false },
    });
  });

  it('goes to the next axis of a plane by Tab', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    hand.down([0.5, 0.5, 0], { handle: { mode: 'move', axis: 'xy' } });
    type(editor, '2', 'Tab', '3', 'Enter');
    expectNear(pose(entities[0]!).position, [2, 3, 0]);
  });

  it('takes degrees and factors, but for a factor of nothing', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    use(editor, 'rotate', 'world');
    hand.down([1, 0, 0], { handle: { mode: 'rotate', axis: 'z' } });
    type(editor, '9', '0', 'Enter');
    expectNear(pose(entities[0]!).rotation, [0, 0, Math.SQRT1_2, Math.SQRT1_2]);
    hand.up([1, 0, 0]);
    use(editor, 'scale', 'world');
    hand.down([0, 0, 0], { handle: { mode: 'scale', axis: 'uniform' } });
    type(editor, '3', 'Enter');
    expectNear(pose(entities[0]!).scale, [3, 3, 3]);
    hand.up([0, 0, 0]);
    hand.down([0, 0, 0], { handle: { mode: 'scale', axis: 'uniform' } });
    type(editor, '0', 'Enter');
    expectNear(pose(entities[0]!).scale, [3, 3, 3]);
  });

  it('is taken back by Escape', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    hand.down([1, 0, 0], { handle: MOVE_X });
    type(editor, '5', 'Escape');
    hand.up([1, 0, 0]);
    expectNear(pose(entities[0]!).position, [0, 0, 0]);
  });
});

describe('the choice of the pivot', () => {
  const RING_Z: GizmoHandle = { mode: 'rotate', axis: 'z' };
  const half = Math.SQRT1_2;

  it('turns several about the active one', () => {
    const { editor, entities, hand, pose } = setUp(
      { position: [2, 0, 0] },
      { position: [0, 0, 0] },
    );
    use(editor, 'rotate', 'world');
    editor.setPivot('active');
    expectNear(editor.gizmo.getState().pivot!.position, [0, 0, 0]);
    hand.drag(RING_Z, [1, 0, 0], [0, 1, 0]);
    expectNear(pose(entities[0]!).position, [0, 2, 0]);
    expectNear(pose(entities[1]!).position, [0, 0, 0]);
  });

  it('turns each about its own origin', () => {
    const { editor, entities, hand, pose } = setUp(
      { position: [2, 0, 0] },
      { position: [0, 0, 0] },
    );
    use(editor, 'rotate', 'world');
    editor.setPivot('own');
    hand.drag(RING_Z, [1, 0, 0], [0, 1, 0]);
    for (const [at, x] of [2, 0].entries()) {
      expectNear(pose(entities[at]!).position, [x, 0, 0]);
      expectNear(pose(entities[at]!).rotation, [0, 0, half, half]);
    }
  });

  it('scales each about its own origin', () => {
    const { editor, entities, hand, pose } = setUp(
      { position: [2, 0, 0] },
      { position: [0, 0, 0] },
    );
    use(editor, 'scale', 'world');
    editor.setPivot('own');
    hand.drag({ mode: 'scale', axis: 'x' }, [1, 0, 0], [3, 0, 0]);
    expectNear(pose(entities[0]!).position, [2, 0, 0]);
    expectNear(pose(entities[0]!).scale, [3, 1, 1]);
  });

  it('moves each along its own axes in local space', () => {
    const { editor, entities, hand, pose } = setUp(
      { position: [0, 5, 0], rotation: [0, 0, half, half] },
      { position: [0, 0, 0] },
    );
    use(editor, 'move', 'local');
    editor.setPivot('own');
    hand.drag(MOVE_X, [1, 0, 0], [2, 0, 0]);
    expectNear(pose(entities[1]!).position, [1, 0, 0]);
    expectNear(pose(entities[0]!).position, [0, 6, 0]);
  });

  it('goes round by its key', () => {
    const { editor } = setUp({});
    const seen = [1, 2, 3].map(() => {
      editor.key(key('.'));
      return editor.tools.getState().pivot;
    });
    expect(seen).toEqual(['active', 'own', 'median']);
  });
});

describe('snapping to other shapes', () => {
  const FREE: GizmoHandle = { mode: 'move', axis: 'view' };
  const corners = [
    [-0.5, -0.5, 0],
    [0.5, 0.5, 0],
  ] as const;

  it('brings the nearest own vertex onto the one pointed at', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    const asked: unknown[] = [];
    editor.attachViewport(
      viewportWith({
        verticesOf: () => corners,
        vertexNear: (query) => {
          asked.push(query.without);
          return [3, 3, 0];
        },
      }),
    );
    editor.setSnap({ enabled: true, to: 'vertex' });
    hand.down([0, 0, 0], { handle: FREE });
    hand.move([2.4, 2.4, 0]);
    expect(editor.gizmo.getState().snappedTo).toEqual([3, 3, 0]);
    hand.up([2.4, 2.4, 0]);
    expectNear(pose(entities[0]!).position, [2.5, 2.5, 0]);
    expect(asked[0]).toEqual(entities);
    expect(editor.gizmo.getState().snappedTo).toBeUndefined();
  });

  it('goes by the pointer where there is no vertex', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    editor.attachViewport(viewportWith({ verticesOf: () => corners }));
    editor.setSnap({ enabled: true, to: 'vertex' });
    hand.drag(FREE, [0, 0, 0], [2.4, 2.4, 0]);
    expectNear(pose(entities[0]!).position, [2.4, 2.4, 0]);
  });

  it('keeps to the axis that is dragged', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0, 0, 0] });
    editor.attachViewport(viewportWith({ verticesOf: () => corners, vertexNear: () => [3, 3, 0] }));
    editor.setSnap({ enabled: true, to: 'vertex' });
    hand.drag(MOVE_X, [1, 0, 0], [3, 0, 0]);
    expectNear(pose(entities[0]!).position, [2.5, 0, 0]);
  });

  it('rests on the surface pointed at, and not on itself or what is below it', () => {
    const session = new LocalSession();
    const moved = session.create();
    const child = session.create({ parent: session.document.idOf(moved) });
    const floor = session.create();
    const editor = session.editor();
    const hit = (entity: Entity, distance: number) =>
      ({ entity, point: [4, 1, 0], normal: [0, 1, 0], distance }) as const;
    editor.attachViewport(
      viewportWith({
        boundsOf: () => ({ min: [-1, -0.25, -1], max: [1, 1, 1] }),
        hitsAlong: () => [hit(child, 1), hit(moved, 2), hit(floor, 3)],
      }),
    );
    editor.select([moved]);
    editor.setSnap({ enabled: true, to: 'surface' });
    new Hand(editor).drag(FREE, [0, 0, 0], [4, 1, 0]);
    expectNear(session.document.world.get(moved, Transform)!.position, [4, 1.25, 0]);
  });

  it('by increments is by distance in world space too', () => {
    const { editor, entities, hand, pose } = setUp({ position: [0.13, 0, 0] });
    editor.setSnap({ enabled: true, to: 'increment', position: 0.5 });
    hand.drag(MOVE_X, [1, 0, 0], [1.9, 0, 0]);
    expectNear(pose(entities[0]!).position, [1.13, 0, 0]);
  });

  it('is turned on and off by Ctrl while the pointer rests', () => {
    const { editor, hand } = setUp({ position: [0, 0, 0] });
    editor.setSnap({ position: 0.5 });
    hand.down([1, 0, 0], { handle: MOVE_X });
    hand.move([1.4, 0, 0]);
    expect(editor.tools.getState().gesture?.readout).toBe('X 0.4 m');
    editor.key(key('Control', { ctrl: true }));
    expect(editor.tools.getState().gesture?.readout).toBe('X 0.5 m');
    editor.key(key('Control', { type: 'up' }));
    expect(editor.tools.getState().gesture?.readout).toBe('X 0.4 m');
  });

  it('does nothing to a handle that is only clicked', () => {
    const { editor, hand, steps } = setUp({ position: [0.13, 0, 0] });
    editor.setSnap({ enabled: true, position: 0.5 });
    hand.drag(MOVE_X, [1, 0, 0], [1, 0, 0]);
    expect(steps()).toBe(0);
  });
});

describe('the gizmo', () => {
  it('stands at the median of what can be moved, and follows a drag', () => {
    const { editor, hand } = setUp({ position: [0, 0, 0] }, { position: [0, 2, 0] });
    expect(editor.gizmo.getState().pivot).toBeNull();
    editor.setTool('move');
    expectNear(editor.gizmo.getState().pivot!.position, [0, 1, 0]);
    hand.down([1, 1, 0], { handle: MOVE_X });
    hand.move([2, 1, 0]);
    expectNear(editor.gizmo.getState().pivot!.position, [1, 1, 0]);
  });

  it('takes on the axes of the last selected object in local space', () => {
    const half = Math.SQRT1_2;
    const { editor } = setUp({}, { rotation: [0, half, 0, half] });
    editor.setTool('move');
    expectNear(editor.gizmo.getState().pivot!.rotation, [0, 0, 0, 1]);
    editor.setSpace('local');
    expectNear(editor.gizmo.getState().pivot!.rotation, [0, half, 0, half]);
  });

  it('follows what a parent of the selected object does', () => {
    const session = new LocalSession();
    const parent = session.create();
    const child = session.create({ parent: session.document.idOf(parent) });
    const editor = session.editor();
    editor.select([child]);
    editor.setTool('move');
    session.pipeline.execute('transform.set', {
      entity: session.document.idOf(parent),
      position: [0, 3, 0],
    });
    editor.update();
    expectNear(editor.gizmo.getState().pivot!.position, [0, 3, 0]);
  });
});
