import { Quaternion, Vector3 } from 'three';
import { describe, expect, it, vi } from 'vitest';
import type { SharedMaterialItem } from '../../editor/stores/states.ts';
import type { Quaternion4 } from '../input/input-frame.ts';
import { TestPerson } from '../testing/person.ts';

/** What camera-controls wants of a browser. */
vi.stubGlobal('DOMRect', class {});

function setUp() {
  const me = new TestPerson({ panels: true });
  me.hand('left', { position: [-0.15, 1.25, -0.4] });
  me.hand('right', { position: [0.2, 1.25, -0.2] }).frame(2);
  return { me, palette: me.panels.palette, board: me.panels.board };
}

const says = (panel: { widgets: readonly { label: string; detail?: string }[] }) =>
  panel.widgets.map(({ label }) => label);

describe('the palette', () => {
  it('is with the hand that does not point, and changes hands', () => {
    const { me, palette } = setUp();
    expect(palette.root.getWorldPosition(new Vector3()).x).toBeLessThan(0.05);
    me.settings.setState({ dominant: 'left' });
    me.frame();
    expect(palette.root.getWorldPosition(new Vector3()).x).toBeGreaterThan(0);
    me.hand('right', { tracked: false });
    expect(palette.visible).toBe(false);
  });

  it('undoes and redoes, and says when there is nothing to', () => {
    const { me, palette } = setUp();
    const undo = () => palette.widgets.find(({ label }) => label === 'Undo');
    expect(undo()?.disabled).toBe(true);
    const box = me.box([0, 1, -3]);
    expect(undo()?.disabled).toBe(false);
    me.tap(palette, 'Undo');
    expect(me.session.document.isAlive(box)).toBe(false);
    me.tap(palette, 'Redo');
    expect(me.session.document.isAlive(box)).toBe(true);
  });

  it('chooses tools and shapes to draw, one or the other', () => {
    const { me, palette } = setUp();
    me.tap(palette, 'Move');
    expect(me.editor.tools.getState().tool).toBe('move');
    me.tap(palette, 'Cone');
    expect(me.brush.getState()).toMatchObject({ kind: 'shape', shape: 'cone' });
    me.tap(palette, 'Scale');
    expect(me.brush.getState().kind).toBe('none');
    expect(me.editor.tools.getState().tool).toBe('scale');
  });

  it('colours what is selected, as one undo step', () => {
    const { me, palette } = setUp();
    const box = me.box([0, 1, -3]);
    me.editor.select([box]);
    me.editor.addComponent('material');
    me.frame();
    const before = me.session.sent.length;
    me.tap(palette, '#61a8f5');
    expect(me.session.sent).toHaveLength(before + 1);
    const [section] = me.editor.inspector
      .getState()
      .sections.filter(({ component }) => component === 'material');
    const color = section?.fields.find(({ name }) => name === 'color')?.value as number[];
    expect(color[2]).toBeGreaterThan(color[0]!);
  });

  it('lets a viewer look and leave, and change nothing', () => {
    const { me, palette } = setUp();
    me.editor.connection.setState({ role: 'viewer' });
    me.frame();
    for (const label of ['Move', 'Box', 'Delete']) {
      expect(palette.widgets.find((each) => each.label === label)?.disabled).toBe(true);
    }
    me.tap(palette, 'Leave');
    expect(me.left).toEqual(['left']);
  });
});

describe('the boards', () => {
  it('show and change the properties of what is selected: typed on the keypad', () => {
    const { me, palette, board } = setUp();
    const box = me.box([0, 1, -3]);
    me.editor.select([box]);
    me.tap(palette, 'Properties').frame(2);
    expect(says(board)).toContain('Position');
    // Out of the way: what one holds before a board covers it.
    me.hand('left', { position: [-0.6, 0.8, -0.2] });
    me.tap(board, '−3').frame();
    expect(says(board)).toContain('Position Z');
    me.tap(board, 'Clear');
    for (const key of '1/4') me.tap(board, key);
    me.tap(board, 'Done');
    expect(me.placeOf(box)).toEqual([0, 1, 0.25]);
  });

  it('scrub a number sideways, as one undo step', () => {
    const { me, palette, board } = setUp();
    const box = me.box([0, 1, -3]);
    me.editor.select([box]);
    me.tap(palette, 'Properties').frame(2);
    const at = board.placeOf('1')!;
    me.point('right', at.toArray()).hand('right', { trigger: 1 });
    me.point(
      'right',
      at
        .clone()
        .setX(at.x + 0.1)
        .toArray(),
    );
    const sent = me.session.sent.length;
    me.hand('right', { trigger: 0 });
    expect(me.session.sent).toHaveLength(sent + 1);
    expect(me.placeOf(box)[1]).toBeGreaterThan(1);
  });

  it('rename by keyboard', () => {
    const { me, palette, board } = setUp();
    const box = me.box([0, 1, -3]);
    me.editor.select([box]);
    me.tap(palette, 'Properties').frame(2);
    me.tap(board, 'Box').frame();
    me.hand('left', { position: [-0.6, 0.8, -0.2] });
    me.tap(board, 'Clear');
    for (const key of 'lamp') me.tap(board, key);
    me.tap(board, 'Done');
    expect(me.editor.outliner.getState().rows[0]?.name).toBe('lamp');
  });

  it('list the objects, more than fit, and select them', () => {
    const { me, palette, board } = setUp();
    for (let each = 0; each < 20; each++) me.box([each, 1, -30]);
    me.tap(palette, 'Objects').frame(2);
    const shown = () => board.widgets.filter(({ look }) => look === 'row').length;
    expect(shown()).toBeLessThan(20);
    expect(says(board)).toContain('▼');
    me.tap(board, 'Box');
    expect(me.editor.selection.getState().entities).toHaveLength(1);
  });

  it('lead to other people', () => {
    const { me, palette, board } = setUp();
    const { self } = me.editor.people.getState();
    me.editor.people.setState({ others: [{ ...self, peer: '7', name: 'Mira' }] });
    me.tap(palette, 'People').frame(2);
    expect(says(board)).toContain('Mira');
    me.tap(board, 'Go there');
    expect(me.wentTo).toEqual(['7']);
  });

  it('tell what was done, and undo it', () => {
    const { me, palette, board } = setUp();
    const box = me.box([0, 1, -3]);
    me.editor.rename(box, 'Crate');
    me.tap(palette, 'History').frame(2);
    expect(says(board).slice(-2)).toEqual(['Rename Box', 'Create']);
    me.tap(board, 'Undo').frame();
    expect(me.editor.outliner.getState().rows[0]?.name).toBe('Box');
  });

  it('share a material and let others wear it', () => {
    const { me, palette, board } = setUp();
    const make = (position: [number, number, number]) => {
      const components = { primitive: {}, material: {}, transform: { position } };
      return me.session.create({ name: 'Ball', components });
    };
    const [one, other] = [make([0, 1, -3]), make([1, 1, -3])];
    me.frame();
    me.editor.select([one]);
    me.tap(palette, 'Materials').frame(2);
    expect(says(board)).toContain('No materials are shared yet.');
    me.tap(board, 'Share the material of what is selected').frame(2);
    const [{ name, wearers }] = me.editor.materials.store.getState().items as [SharedMaterialItem];
    expect(wearers).toBe(1);
    me.editor.select([other]);
    me.frame(2);
    me.tap(board, name).frame(2);
    expect(me.editor.materials.store.getState().items[0]?.wearers).toBe(2);
  });

  it('tell what is slow first, and what to do, measured only meanwhile', () => {
    const { me, palette, board } = setUp();
    me.tap(palette, 'Telemetry').frame(2);
    expect(says(board)).toContain('Measuring…');
    me.figures = [
      { label: 'Frame on the CPU', value: '3 ms', level: 'good' },
      { label: 'Round trip', value: '500 ms', level: 'red', advice: 'Come closer.' },
    ];
    me.frame(2);
    expect(says(board).slice(-3)).toEqual(['Round trip', 'Come closer.', 'Frame on the CPU']);
    me.tap(board, 'Close').frame();
    expect(me.measuring).toEqual([true, false]);
  });

  it('follow others, and stop', () => {
    const { me, palette, board } = setUp();
    const { self } = me.editor.people.getState();
    me.editor.people.setState({ others: [{ ...self, peer: '7', name: 'Mira' }] });
    me.tap(palette, 'People').frame(2);
    me.tap(board, 'Follow').frame(2);
    expect(me.editor.people.getState().following).toBe('7');
    me.tap(board, 'Follow').frame(2);
    expect(me.editor.people.getState().following).toBe('');
  });

  it('are moved by their bar, and keep facing the person', () => {
    const { me, palette, board } = setUp();
    me.tap(palette, 'Settings').frame(2);
    const before = board.root.position.clone();
    const bar = board.placeOf('Move this board')!;
    me.point('right', bar.toArray()).hand('right', { trigger: 1 }).frame(2);
    me.hand('right', { position: [0.6, 1.4, -0.2] }).frame(2);
    expect(board.root.position.x).toBeCloseTo(before.x + 0.4, 1);
    me.hand('right', { trigger: 0 });
    const front = new Vector3(0, 0, 1).applyQuaternion(board.root.quaternion);
    const toHead = new Vector3(0, 1.6, 0).sub(board.root.position).setY(0).normalize();
    expect(front.dot(toHead)).toBeGreaterThan(0.99);
  });

  it('keep settings, and close', () => {
    const { me, palette, board } = setUp();
    me.tap(palette, 'Settings').frame(2);
    me.tap(board, 'Smooth');
    expect(me.settings.getState().turning).toBe('smooth');
    me.tap(board, 'Close').frame();
    expect(board.visible).toBe(false);
  });

  it('are in front of the scene: what is behind them is not selected', () => {
    const { me, palette } = setUp();
    me.box([0, 1.4, -1.5], 1);
    me.tap(palette, 'Settings').frame(2);
    const turn: Quaternion4 = new Quaternion().toArray() as unknown as Quaternion4;
    me.hand('right', { position: [0, 1.3, -0.3], orientation: turn });
    me.hand('right', { trigger: 1 }).hand('right', { trigger: 0 });
    expect(me.editor.selection.getState().entities).toEqual([]);
  });
});
