import { describe, expect, it } from 'vitest';
import { Transform } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import { LocalSession } from '../testing/local-session.ts';
import { key } from '../testing/pointer.ts';
import { viewportWith } from '../testing/viewport.ts';

/** Boxes of one metre, and a table whose top is at 1 from x = 5 on. */
function setUp(...positions: Vec3[]) {
  const session = new LocalSession();
  const boxes = positions.map((position) =>
    session.create({ components: { transform: { position } } }),
  );
  const table = session.create();
  const editor = session.editor();
  const at = (entity: Entity): Vec3 => {
    const [x = 0, y = 0, z = 0] = session.document.world.get(entity, Transform)!.position;
    return [x, y, z];
  };
  editor.attachViewport(
    viewportWith({
      boundsOf: ([entity]) => {
        const [x, y, z] = at(entity!);
        return { min: [x - 0.5, y - 0.5, z - 0.5], max: [x + 0.5, y + 0.5, z + 0.5] };
      },
      hitsAlong: ({ origin: [x, y, z] }) => {
        const own = { entity: boxes[0]!, point: [x, y - 0.5, z], normal: [0, 1, 0], distance: 0.5 };
        const top = { entity: table, point: [x, 1, z], normal: [0, 1, 0], distance: y - 1 };
        return (x >= 5 && y > 1 ? [own, top] : [own]) as never;
      },
    }),
  );
  editor.select(boxes);
  return { session, editor, boxes, heights: () => boxes.map((box) => at(box)[1]) };
}

describe('dropping to the floor', () => {
  it('rests each on the ground or on what is below it, in one step', () => {
    const { editor, heights } = setUp([0, 4, 0], [6, 3, 0]);
    expect(editor.key(key('End'))).toBe(true);
    expect(heights()).toEqual([0.5, 1.5]);
    expect(editor.history.getState().undoLabel).toBe('Drop 2 objects');
    editor.undo();
    expect(heights()).toEqual([4, 3]);
  });

  it('is held by an edge that reaches under a part of it', () => {
    const { editor, heights } = setUp([4.7, 3, 0]);
    editor.dropSelected();
    expect(heights()).toEqual([1.5]);
  });

  it('brings up what is sunk, and from below the ground', () => {
    const { editor, heights } = setUp([0, 0.25, 0], [0, -3, 0]);
    editor.dropSelected();
    expect(heights()).toEqual([0.5, 0.5]);
  });

  it('makes no step where everything rests already', () => {
    const { session, editor } = setUp([0, 0.5, 0]);
    const before = session.pipeline.history.undoSteps.length;
    editor.dropSelected();
    expect(session.pipeline.history.undoSteps).toHaveLength(before);
  });

  it('S4: is not for viewers', () => {
    const { editor, heights } = setUp([0, 4, 0]);
    editor.connection.setState({ role: 'viewer' });
    expect(editor.actions.run('edit.drop')).toBe(false);
    expect(heights()).toEqual([4]);
  });
});
