import { describe, expect, it } from 'vitest';
import { Transform } from '../../../ecs/components/index.ts';
import type { Entity } from '../../../ecs/entity.ts';
import type { Editor } from '../../editor.ts';
import type { Vec3 } from '../../geometry/vec3.ts';
import { LocalSession } from '../../testing/local-session.ts';
import { Hand, key, lookAt } from '../../testing/pointer.ts';
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
