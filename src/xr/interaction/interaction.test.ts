import { Quaternion, Vector3 } from 'three';
import { describe, expect, it, vi } from 'vitest';
import type { DrawnMesh } from '../../editor/hands/stroke-mesh.ts';
import type { Quaternion4 } from '../input/input-frame.ts';
import { InputRecorder, readRecording } from '../input/recording.ts';
import { TestPerson } from '../testing/person.ts';
import { linearColor } from './linear-color.ts';

/** What camera-controls wants of a browser. */
vi.stubGlobal('DOMRect', class {});

const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5));
const yawed = (angle: number): Quaternion4 =>
  new Quaternion()
    .setFromAxisAngle(new Vector3(0, 1, 0), angle)
    .toArray() as unknown as Quaternion4;

describe('grips', () => {
  it('take hold of what they touch, as one undo step', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -0.5]);
    me.hand('right', { position: [0, 1, -0.4] }).hand('right', { squeeze: 1 });
    expect(me.felt).toContainEqual(['right', 'grab']);
    me.hand('right', { position: [0.5, 1.2, -0.4] });
    expect(me.placeOf(box)).toEqual(near([0.5, 1.2, -0.5]));
    me.hand('right', { squeeze: 0 });
    expect(me.placeOf(box)).toEqual(near([0.5, 1.2, -0.5]));
    expect(me.session.sent).toHaveLength(2);
    me.editor.undo();
    expect(me.placeOf(box)).toEqual(near([0, 1, -0.5]));
    expect(me.rig.position.toArray()).toEqual([0, 0, 0]);
  });

  it('turn what they hold about the hand', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -0.5]);
    me.hand('right', { position: [0, 1, -0.4], squeeze: 1 });
    me.hand('right', { orientation: yawed(Math.PI / 2) });
    expect(me.placeOf(box)).toEqual(near([-0.1, 1, -0.4]));
  });

  it('of both hands scale it, and go on when one lets go', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -0.5]);
    me.hand('left', { position: [-0.5, 1, -0.45] });
    me.hand('right', { position: [0, 1, -0.4], squeeze: 1 });
    me.hand('left', { squeeze: 1 });
    me.hand('left', { position: [-1, 1, -0.5] });
    expect(me.sizeOf(box)).toBeGreaterThan(0.19);
    const size = me.sizeOf(box);
    me.hand('left', { squeeze: 0 }).hand('left', { position: [-2, 1, 0] });
    expect(me.sizeOf(box)).toBeCloseTo(size);
    me.hand('right', { squeeze: 0 });
    expect(me.session.sent).toHaveLength(2);
  });

  it('take hold of the world where they touch nothing', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -2]);
    me.hand('right', { position: [0, 1, -0.4], squeeze: 1 });
    me.hand('right', { position: [0, 1, -0.9] });
    expect(me.rig.position.toArray()).toEqual(near([0, 0, 0.5]));
    expect(me.placeOf(box)).toEqual(near([0, 1, -2]));
    me.hand('left', { position: [-0.5, 1, -0.9] }).hand('left', { squeeze: 1 });
    me.hand('left', { position: [-1, 1, -0.9] });
    expect(me.rig.scale).toBeCloseTo(0.5);
    expect(me.session.sent).toHaveLength(1);
  });

  it('of the Open Blocks preset move the world alone, and triggers hold objects', () => {
    const me = new TestPerson();
    me.settings.setState({ preset: 'blocks' });
    const box = me.box([0, 1, -0.5]);
    me.hand('right', { position: [0, 1, -0.4], squeeze: 1 });
    me.hand('right', { position: [0, 1, -0.5] }).hand('right', { squeeze: 0 });
    expect(me.placeOf(box)).toEqual(near([0, 1, -0.5]));
    me.hand('right', { position: [0, 1, -0.4], trigger: 1 });
    me.rig.set(new Vector3(), 0, 1);
    expect(me.rig.scale).toBe(1);
  });

  it('leave a copy behind when the trigger is pressed meanwhile', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -0.5]);
    me.hand('right', { position: [0, 1, -0.4], squeeze: 1 });
    me.hand('right', { position: [0.5, 1, -0.4] }).hand('right', { trigger: 1 });
    expect(me.editor.outliner.getState().rows).toHaveLength(2);
    const copy = me.editor.selection.getState().active;
    expect(copy).not.toBe(box);
    me.hand('right', { position: [1, 1, -0.4], trigger: 0 }).hand('right', { squeeze: 0 });
    expect(me.placeOf(box)).toEqual(near([0, 1, -0.5]));
    expect(me.placeOf(copy)).toEqual(near([1, 1, -0.5]));
    me.editor.undo();
    expect(me.session.document.isAlive(copy), 'copied and carried in one step').toBe(false);
    expect(me.session.document.isAlive(box)).toBe(true);
    me.editor.redo();
    expect(me.placeOf(copy)).toEqual(near([1, 1, -0.5]));
  });

  it('snap where snapping is on, and are felt at each step', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -0.5]);
    me.editor.setSnap({ enabled: true, position: 0.25 });
    me.hand('right', { position: [0, 1, -0.4], squeeze: 1 });
    me.hand('right', { position: [0.2, 1.04, -0.4] });
    expect(me.placeOf(box)).toEqual(near([0.25, 1, -0.5]));
    me.hand('right', { position: [0.49, 1.04, -0.4] });
    expect(me.felt).toContainEqual(['right', 'snap']);
  });

  it('feel a refusal from what is locked, or from a viewer’s role', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -0.5]);
    me.editor.connection.setState({ role: 'viewer' });
    me.hand('right', { position: [0, 1, -0.4], squeeze: 1 });
    me.hand('right', { position: [1, 1, -0.4] }).hand('right', { squeeze: 0 });
    expect(me.felt).toContainEqual(['right', 'refuse']);
    expect(me.placeOf(box)).toEqual(near([0, 1, -0.5]));
  });

  it('let go where they were when a controller falls asleep', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -0.5]);
    me.hand('right', { position: [0, 1, -0.4], squeeze: 1 });
    me.hand('right', { position: [0.5, 1, -0.4] }).hand('right', { tracked: false });
    me.hand('right', { tracked: true, position: [0.9, 1, -0.4] });
    expect(me.placeOf(box)).toEqual(near([0.5, 1, -0.5]));
    expect(me.editor.tools.getState().gesture).toBeNull();
  });
});

describe('the trigger', () => {
  it('selects by ray, by touch and in a volume', () => {
    const me = new TestPerson();
    const far = me.box([0, 1, -3], 0.4);
    const close = me.box([0.3, 1, -0.42]);
    const selected = () => me.editor.selection.getState().entities;
    me.point('right', [0, 1, -3], { position: [0.1, 1.2, 0] });
    me.hand('right', { trigger: 1 }).hand('right', { trigger: 0 });
    expect(selected()).toEqual([far]);
    me.hand('right', { position: [0.3, 1, -0.32], orientation: [0, 0, 0, 1] });
    me.hand('right', { trigger: 1 }).hand('right', { trigger: 0 });
    expect(selected()).toEqual([close]);
    me.hand('right', { position: [0, 0.8, -0.2], orientation: yawed(Math.PI) });
    me.hand('right', { trigger: 1 });
    me.hand('right', { position: [0.6, 1.2, -0.7] }).hand('right', { trigger: 0 });
    expect(selected()).toEqual([close]);
    me.hand('right', { position: [0, 2, 1] });
    me.hand('right', { trigger: 1 }).hand('right', { trigger: 0 });
    expect(selected()).toEqual([]);
  });

  it('drags the gizmo as a mouse does, though the hand trembles at the press', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -2], 0.3);
    me.editor.select([box]);
    me.editor.setTool('move');
    me.frame();
    const arm = me.view.gizmo.root.scale.x * 0.9;
    me.point('right', [arm, 1, -2], { position: [0.2, 1.3, 0] });
    me.hand('right', { trigger: 1 });
    me.point('right', [arm + 0.5, 1, -2]);
    expect(me.editor.tools.getState().gesture?.label).toBe('Move');
    me.hand('right', { trigger: 0 });
    expect(me.placeOf(box)).toEqual([
      expect.closeTo(0.5, 2),
      expect.closeTo(1, 5),
      expect.closeTo(-2, 5),
    ]);
  });

  it('carries what it points at, when it is held and moved', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -3], 0.4);
    me.point('right', [0, 1, -3], { position: [0, 1, 0] }).hand('right', { trigger: 1 });
    me.hand('right', { position: [0.5, 1, 0] }).hand('right', { position: [1, 1, 0] });
    me.hand('right', { trigger: 0 });
    expect(me.placeOf(box)).toEqual([
      expect.closeTo(1, 5),
      expect.closeTo(1, 5),
      expect.closeTo(-3, 5),
    ]);
  });

  it('draws a shape between two points, and nothing where it did not move', () => {
    const me = new TestPerson();
    me.brush.setState({ kind: 'shape', shape: 'box' });
    me.hand('right', { position: [0, 1, -0.5] }).hand('right', { trigger: 1 });
    me.hand('right', { position: [0.4, 1.2, -0.8] });
    expect(me.interaction.ghosts).toHaveLength(1);
    expect(me.editor.outliner.getState().rows).toHaveLength(0);
    me.hand('right', { trigger: 0 });
    const [row] = me.editor.outliner.getState().rows;
    expect(row?.kind).toBe('box');
    expect(me.placeOf(row!.entity)).toEqual(near([0.2, 1.1, -0.7]));
    me.hand('right', { trigger: 1 }).hand('right', { trigger: 0 });
    expect(me.editor.outliner.getState().rows).toHaveLength(1);
    expect(me.felt.at(-1)).toEqual(['right', 'refuse']);
  });
});

describe('a free stroke', () => {
  const draw = (me: TestPerson, kind: 'ribbon' | 'tube'): void => {
    me.brush.setState({ kind, width: 0.03 });
    me.hand('right', { position: [0, 1, -0.5] }).hand('right', { trigger: 1 });
    for (let x = 0.05; x < 0.42; x += 0.05) me.hand('right', { position: [x, 1 + x / 2, -0.5] });
    me.hand('right', { trigger: 0 });
  };

  it('is seen while it is drawn and until it is there, and becomes a mesh of that colour', async () => {
    const added: [string, DrawnMesh, readonly number[] | undefined][] = [];
    let arrive: (id: string) => void = () => undefined;
    const me = new TestPerson({
      meshes: {
        available: true,
        add: (...what) => {
          added.push(what);
          return new Promise((resolve) => {
            arrive = resolve;
          });
        },
      },
    });
    draw(me, 'tube');
    const [[name, mesh, color]] = added as [(typeof added)[0]];
    expect([name, color]).toEqual(['Tube', linearColor(me.brush.getState().color)]);
    expect(mesh.position).toEqual(near([0.2, 1.1, -0.55]));
    expect(me.interaction.ghosts).toEqual([
      { kind: 'mesh', mesh, color: me.brush.getState().color },
    ]);
    const made = me.box([0.2, 1.1, -0.55]);
    arrive(me.session.document.formatId(me.session.document.idOf(made)));
    await vi.waitFor(() => expect(me.interaction.ghosts).toEqual([]));
    expect(me.editor.selection.getState().entities).toEqual([made]);
  });

  it('that cannot be kept is said to be lost, and one that went nowhere is refused', async () => {
    const me = new TestPerson();
    draw(me, 'ribbon');
    await vi.waitFor(() => expect(me.interaction.ghosts).toEqual([]));
    expect(me.editor.notices.getState().items.at(-1)?.text).toMatch(/server/);
    me.hand('right', { trigger: 1 }).hand('right', { trigger: 0 });
    expect(me.felt.at(-1)).toEqual(['right', 'refuse']);
  });
});

describe('hands without controllers', () => {
  it('select by a pinch, grab by holding it, and scale with two', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -0.45]);
    me.hand('right', { bare: true, position: [0, 1, -0.4] });
    me.hand('right', { trigger: 1 }).hand('right', { trigger: 0 });
    expect(me.editor.selection.getState().entities).toEqual([box]);
    me.hand('right', { trigger: 1 }).hand('right', { position: [0.03, 1, -0.4] });
    me.hand('right', { position: [0.33, 1, -0.4] });
    expect(me.placeOf(box), 'from where it was pinched').toEqual(near([0.33, 1, -0.45]));
    me.hand('left', { bare: true, position: [-0.17, 1, -0.4] }).hand('left', { trigger: 1 });
    me.hand('left', { position: [-0.67, 1, -0.4] });
    expect(me.sizeOf(box)).toBeCloseTo(0.2);
    me.hand('left', { trigger: 0 }).hand('right', { trigger: 0 });
    expect(me.session.sent).toHaveLength(2);
  });

  it('move the world by a pinch in empty space', () => {
    const me = new TestPerson();
    me.hand('right', { bare: true, position: [0, 1, -0.4] }).hand('right', { trigger: 1 });
    me.hand('right', { position: [0, 1, -0.45] }).hand('right', { position: [0, 1, -0.95] });
    expect(me.rig.position.z, 'from where it was pinched').toBeCloseTo(0.55);
  });

  it('go where a held pinch aims, once the palette says that pinches do', () => {
    const me = new TestPerson();
    me.brush.setState({ kind: 'teleport' });
    me.hand('right', { bare: true, position: [0.2, 1.2, -0.2] }).hand('right', { trigger: 1 });
    const spot = me.interaction.locomotion.aim?.spot;
    expect(spot!.z).toBeLessThan(-2);
    me.hand('right', { trigger: 0 });
    expect(me.rig.position.x).toBeCloseTo(spot!.x);
    expect(me.rig.position.z).toBeCloseTo(spot!.z);
    expect(me.interaction.locomotion.aim).toBeUndefined();
    me.box([0.2, 1.2, spot!.z - 1.5], 2);
    me.hand('right', { trigger: 1 }).hand('right', { trigger: 0 });
    expect(me.rig.position.z, 'not into a wall').toBeCloseTo(spot!.z);
    expect(me.felt.at(-1)).toEqual(['right', 'refuse']);
  });

  it('stay where they are when the hand that aims goes out of sight', () => {
    const me = new TestPerson();
    me.brush.setState({ kind: 'teleport' });
    me.hand('right', { bare: true, position: [0.2, 1.2, -0.2] }).hand('right', { trigger: 1 });
    me.hand('right', { tracked: false }).hand('right', { tracked: true, trigger: 0 });
    expect(me.rig.position.toArray()).toEqual([0, 0, 0]);
    expect(me.interaction.locomotion.aim).toBeUndefined();
  });
});

describe('getting about', () => {
  it('goes to the ground where the arc lands, the head above the mark', () => {
    const me = new TestPerson();
    me.hand('right', { position: [0.2, 1.2, -0.2] }).hand('right', { stick: [0, -1] });
    const spot = me.interaction.locomotion.aim?.spot;
    expect(spot?.y).toBe(0);
    expect(spot!.z).toBeLessThan(-2);
    me.hand('right', { stick: [0, 0] });
    expect(me.rig.position.x).toBeCloseTo(spot!.x);
    expect(me.rig.position.z).toBeCloseTo(spot!.z);
  });

  it('stands on a table, not on its side', () => {
    const me = new TestPerson();
    me.box([0, 0.25, -3], 2);
    me.hand('right', { position: [0, 1.2, -0.2] });
    me.point('right', [0, 0.9, -2]).hand('right', { stick: [0, -1] });
    const { aim } = me.interaction.locomotion;
    expect(aim?.spot === undefined || aim.spot.y > 1.2).toBe(true);
    me.point('right', [0, 1.376, -1.2]);
    expect(me.interaction.locomotion.aim?.spot?.y).toBeCloseTo(1.25);
  });

  it('does not go where there is no floor', () => {
    const me = new TestPerson();
    const before = me.rig.position.clone();
    me.point('right', [0.3, 50, -0.31]).hand('right', { stick: [0, -1] });
    me.rig.set(new Vector3(0, -100, 0), 0, 1);
    me.frame();
    expect(me.interaction.locomotion.aim?.spot).toBeUndefined();
    me.hand('right', { stick: [0, 0] });
    expect(me.rig.position.y).toBe(-100);
    expect(before.y).toBe(0);
  });

  it('snaps by 45 degrees about the head, once a push', () => {
    const me = new TestPerson();
    me.rig.set(new Vector3(1, 0, 1), 0, 1);
    me.hand('right', { stick: [1, 0] }).frame(5);
    expect(me.rig.yaw).toBeCloseTo(-Math.PI / 4);
    me.hand('right', { stick: [0, 0] }).hand('right', { stick: [-1, 0] });
    expect(me.rig.yaw).toBeCloseTo(0);
    me.settings.setState({ turning: 'smooth' });
    me.hand('right', { stick: [0, 0] }).hand('right', { stick: [-1, 0] });
    expect(me.interaction.worldMoves).toBe(true);
    expect(me.rig.yaw).toBeGreaterThan(0);
    expect(me.rig.yaw).toBeLessThan(0.1);
  });

  it('swaps hands when idle controllers are brought together, once', () => {
    const me = new TestPerson();
    me.hand('left', { position: [0, 1, -0.3] }).hand('right', { position: [0.04, 1, -0.3] });
    me.frame(90);
    expect(me.settings.getState().dominant).toBe('left');
    me.frame(90);
    expect(me.settings.getState().dominant).toBe('left');
  });
});

describe('undo', () => {
  it('is on the other hand’s buttons', () => {
    const me = new TestPerson();
    const box = me.box([0, 1, -2]);
    me.hand('left', { primary: 1 });
    expect(me.session.document.isAlive(box)).toBe(false);
    me.hand('left', { primary: 0 }).hand('left', { secondary: 1 });
    expect(me.session.document.isAlive(box)).toBe(true);
  });
});

describe('a recording', () => {
  it('played again does the same', () => {
    const record = new InputRecorder();
    const me = new TestPerson();
    const box = me.box([0, 1, -0.5]);
    const script = [
      { position: [0, 1, -0.4] as const },
      { squeeze: 1 },
      { position: [0.2, 1.1, -0.35] as const, orientation: yawed(0.3) },
      { position: [0.4, 1.3, -0.5] as const },
      { squeeze: 0 },
    ];
    for (const change of script) {
      me.hand('right', change);
      record.add(me.snapshot());
    }
    const text = record.toText();
    expect(text.length).toBeLessThan(2000);
    const again = new TestPerson();
    const other = again.box([0, 1, -0.5]);
    for (const frame of readRecording(text)) again.play(frame);
    const [a, b] = [me.placeOf(box), again.placeOf(other)];
    expect(a.every((value, at) => Math.abs(value - b[at]!) < 1e-3)).toBe(true);
    expect(again.placeOf(other)).not.toEqual(near([0, 1, -0.5]));
  });

  it('that is none is refused', () => {
    for (const text of [
      '',
      '{}',
      '{"theta":"xr-input 1","kinds":[],"frames":[{"t":0,"s":[{"k":3}]}]}',
    ]) {
      expect(() => readRecording(text)).toThrow(/recording|kind/);
    }
  });
});
