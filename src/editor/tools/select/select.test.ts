import { describe, expect, it } from 'vitest';
import type { Entity } from '../../../ecs/entity.ts';
import { NO_ENTITY } from '../../../ecs/entity.ts';
import { LocalSession } from '../../testing/local-session.ts';
import { Hand, key } from '../../testing/pointer.ts';
import { viewportWith } from '../../testing/viewport.ts';
import type { ScreenRect } from '../pointer-input.ts';

function setUp() {
  const session = new LocalSession();
  const [a, b] = [session.create(), session.create()];
  const editor = session.editor();
  const selected = () => editor.selection.getState().entities;
  return { session, a, b, editor, hand: new Hand(editor), selected };
}

const at = (entity: Entity) =>
  ({ hit: { entity, point: [0, 0, 0], normal: [0, 0, 1], distance: 10 } }) as const;

describe('clicking', () => {
  it('selects what is under the pointer, alone', () => {
    const { a, b, editor, hand, selected } = setUp();
    for (const entity of [a, b]) {
      hand.down([0, 0, 0], at(entity));
      hand.up([0, 0, 0], at(entity));
    }
    expect(selected()).toEqual([b]);
    expect(editor.selection.getState().active).toBe(b);
  });

  it('toggles with Shift, the newest being the active one', () => {
    const { a, b, editor, hand, selected } = setUp();
    editor.select([a]);
    const modifiers = { shift: true };
    hand.down([0, 0, 0], { ...at(b), modifiers });
    hand.up([0, 0, 0], { ...at(b), modifiers });
    expect(selected()).toEqual([a, b]);
    expect(editor.selection.getState().active).toBe(b);
    hand.down([0, 0, 0], { ...at(b), modifiers });
    hand.up([0, 0, 0], { ...at(b), modifiers });
    expect(selected()).toEqual([a]);
  });

  it('on nothing selects none, but not with Shift', () => {
    const { a, editor, hand, selected } = setUp();
    editor.select([a]);
    hand.down([0, 0, 0], { modifiers: { shift: true } });
    hand.up([0, 0, 0], { modifiers: { shift: true } });
    expect(selected()).toEqual([a]);
    hand.down([0, 0, 0]);
    hand.up([0, 0, 0]);
    expect(selected()).toEqual([]);
  });

  it('leaves a drag to the camera', () => {
    const { a, hand, selected } = setUp();
    expect(hand.down([0, 0, 0], at(a))).toBe(false);
    expect(hand.move([1, 0, 0])).toBe(false);
    hand.up([1, 0, 0], at(a));
    expect(selected()).toEqual([]);
  });

  it('does not pick what is locked', () => {
    const { a, editor, hand, selected } = setUp();
    editor.setFlag([a], 'locked', true);
    hand.move([0, 0, 0], at(a));
    expect(editor.selection.getState().hovered).toBe(NO_ENTITY);
    hand.down([0, 0, 0], at(a));
    hand.up([0, 0, 0], at(a));
    expect(selected()).toEqual([]);
  });

  it('hovers what is under the pointer, unless a handle is nearer', () => {
    const { a, editor, hand } = setUp();
    hand.move([0, 0, 0], at(a));
    expect(editor.selection.getState().hovered).toBe(a);
    hand.move([0, 0, 0], { ...at(a), handle: { mode: 'move', axis: 'x' } });
    expect(editor.selection.getState().hovered).toBe(NO_ENTITY);
  });
});

describe('clicking again where several lie behind one another', () => {
  function stack() {
    const set = setUp();
    const c = set.session.create();
    const order = [set.a, set.b, c];
    const hits = order.map((entity, at) => ({ ...at_(entity), distance: at }));
    set.editor.attachViewport(viewportWith({ hitsAlong: () => hits }));
    const click = (x = 0, modifiers = {}) => {
      set.hand.down([x, 0, 0], { ...at(set.a), modifiers });
      set.hand.up([x, 0, 0], { ...at(set.a), modifiers });
      return set.selected();
    };
    return { ...set, c, click };
  }
  const at_ = (entity: Entity) => at(entity).hit;

  it('goes through them from the nearest, and round', () => {
    const { a, b, c, click } = stack();
    expect([click(), click(), click(), click()]).toEqual([[a], [b], [c], [a]]);
  });

  it('begins anew elsewhere, and where something else was selected since', () => {
    const { a, b, c, click, editor } = stack();
    click();
    expect(click(1)).toEqual([a]);
    expect(click(1)).toEqual([b]);
    editor.select([]);
    expect(click(1)).toEqual([a]);
    editor.select([c]);
    expect(click(1)).toEqual([a]);
  });

  it('leaves out what is locked', () => {
    const { a, b, c, click, editor } = stack();
    editor.setFlag([b], 'locked', true);
    expect([click(), click(), click()]).toEqual([[a], [c], [a]]);
  });

  it('toggles the nearest with Shift', () => {
    const { a, click } = stack();
    click();
    expect(click(0, { shift: true })).toEqual([]);
    expect(click(0, { shift: true })).toEqual([a]);
  });
});

describe('the marquee', () => {
  const viewport = (inside: readonly Entity[], asked: ScreenRect[] = []) =>
    viewportWith({
      entitiesIn: (rect) => {
        asked.push(rect);
        return inside;
      },
    });
  const modifiers = { ctrl: true };

  it('selects what is in the rectangle that Ctrl and a drag draw', () => {
    const { a, b, editor, hand, selected } = setUp();
    const asked: ScreenRect[] = [];
    editor.attachViewport(viewport([a, b], asked));
    expect(hand.down([1, -2, 0], { modifiers })).toBe(true);
    hand.move([-1, 0, 0], { modifiers });
    expect(editor.tools.getState().marquee).toEqual({
      left: -100,
      top: -0,
      right: 100,
      bottom: 200,
    });
    hand.up([-1, 0, 0], { modifiers });
    expect(asked).toHaveLength(1);
    expect(selected()).toEqual([a, b]);
    expect(editor.tools.getState().marquee).toBeNull();
  });

  it('adds to the selection with Shift', () => {
    const { a, b, editor, hand, selected } = setUp();
    editor.attachViewport(viewport([b]));
    editor.select([a]);
    hand.down([0, 0, 0], { modifiers });
    hand.move([1, 1, 0], { modifiers });
    hand.up([1, 1, 0], { modifiers: { ctrl: true, shift: true } });
    expect(selected()).toEqual([a, b]);
  });

  it('takes away from the selection with Alt', () => {
    const { a, b, editor, hand, selected } = setUp();
    editor.attachViewport(viewport([b]));
    editor.select([a, b]);
    hand.down([0, 0, 0], { modifiers });
    hand.move([1, 1, 0], { modifiers });
    hand.up([1, 1, 0], { modifiers: { ctrl: true, alt: true } });
    expect(selected()).toEqual([a]);
  });

  it('is drawn by a plain drag where the camera goes by other buttons', () => {
    const { a, editor, hand, selected } = setUp();
    editor.attachViewport(viewport([a]));
    editor.setView({ navigation: 'blender' });
    expect(hand.down([0, 0, 0])).toBe(true);
    hand.move([1, 1, 0]);
    hand.up([1, 1, 0]);
    expect(selected()).toEqual([a]);
  });

  it('is drawn by the next drag after its action, once', () => {
    const { a, editor, hand, selected } = setUp();
    editor.attachViewport(viewport([a]));
    editor.actions.run('selection.box');
    hand.down([0, 0, 0]);
    hand.move([1, 1, 0]);
    hand.up([1, 1, 0]);
    expect(selected()).toEqual([a]);
    expect(hand.down([0, 0, 0])).toBe(false);
  });

  it('Escape puts it away, and what was armed', () => {
    const { a, editor, hand, selected } = setUp();
    editor.attachViewport(viewport([a]));
    editor.actions.run('selection.box');
    expect(editor.key(key('Escape'))).toBe(true);
    expect(hand.down([0, 0, 0])).toBe(false);
    hand.up([0, 0, 0]);
    hand.down([0, 0, 0], { modifiers });
    hand.move([1, 1, 0], { modifiers });
    editor.key(key('Escape'));
    expect(editor.tools.getState().marquee).toBeNull();
    hand.up([1, 1, 0], { modifiers });
    expect(selected()).toEqual([]);
  });

  it('does not begin where there is no screen', () => {
    const { hand } = setUp();
    expect(hand.down([0, 0, 0], { modifiers, screen: false })).toBe(false);
  });

  it('is a toggling click where it is released at once', () => {
    const { a, b, editor, hand, selected } = setUp();
    editor.select([a]);
    hand.down([0, 0, 0], { ...at(b), modifiers });
    hand.up([0, 0, 0], { ...at(b), modifiers });
    expect(selected()).toEqual([a, b]);
  });
});

describe('what becomes of a selection', () => {
  it('O7: a deleted object leaves it, by whomever it is deleted', () => {
    const { session, a, b, editor, selected } = setUp();
    editor.select([a, b]);
    session.delete(b);
    editor.update();
    expect(selected()).toEqual([a]);
    expect(editor.selection.getState().active).toBe(a);
    session.pipeline.undo();
    editor.update();
    expect(selected()).toEqual([a]);
  });

  it('keeps an object whose pending edits are applied anew', () => {
    const { session, a, editor, selected } = setUp();
    editor.select([a]);
    session.log.rebase(() => undefined);
    editor.update();
    expect(selected()).toEqual([a]);
  });
});
