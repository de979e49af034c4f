import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Light, Material, Name, Primitive, SharedMaterial } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { Scene } from '../scene.ts';
import { LocalSession } from '../testing/local-session.ts';
import { key } from '../testing/pointer.ts';
import { MOST_CLIPPED, parseClip } from './clip.ts';

/** A clipboard in memory, as both tabs of a person share it. */
function memoryClipboard() {
  let held = '';
  return {
    writeText: async (text: string) => {
      held = text;
    },
    readText: async () => held,
  };
}

const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};
const ctrl = (name: string) => key(name, { ctrl: true });

function lampInRoom(clipboard = memoryClipboard()) {
  const session = new LocalSession();
  const { document } = session;
  const room = session.create({ name: 'Room', components: { transform: { position: [5, 0, 0] } } });
  const lamp = session.create({
    name: 'Lamp',
    parent: document.idOf(room),
    components: { transform: { position: [1, 2, 0] }, primitive: { kind: 'cone' }, material: {} },
  });
  const bulb = session.create({
    name: 'Bulb',
    parent: document.idOf(lamp),
    components: { light: { kind: 'spot', angle: 0.5 } },
  });
  const editor = session.editor({ clipboard });
  return { session, document, editor, room, lamp, bulb, clipboard };
}

describe('copy and paste', () => {
  it('brings a subtree to another tab, where it stood, in one step', async () => {
    const { editor, lamp, clipboard } = lampInRoom();
    editor.select([lamp]);
    expect(editor.key(ctrl('c'))).toBe(true);
    await settled();

    const there = new LocalSession();
    const other = there.editor({ clipboard });
    expect(other.key(ctrl('v'))).toBe(true);
    await settled();
    const pasted = other.selection.getState().active;
    const { world } = there.document;
    expect(world.get(pasted, Name)?.value).toBe('Lamp');
    expect(world.get(pasted, Primitive)?.kind).toBe('cone');
    expect(there.document.effectiveParent(pasted)).toBe(NO_ENTITY);
    expect(new Scene(there.document).worldOf(pasted).origin).toEqual([6, 2, 0]);
    other.toggleExpanded(pasted);
    const bulb = other.outliner.getState().rows[1]!.entity as Entity;
    expect(world.get(bulb, Light)).toMatchObject({ kind: 'spot', angle: 0.5 });
    expect(there.pipeline.history.undoSteps).toHaveLength(1);
  });

  it('cuts: what is copied is deleted', async () => {
    const { editor, document, lamp } = lampInRoom();
    editor.select([lamp]);
    editor.key(ctrl('x'));
    await settled();
    expect(document.isAlive(lamp)).toBe(false);
    editor.key(ctrl('v'));
    await settled();
    expect(document.world.get(editor.selection.getState().active, Name)?.value).toBe('Lamp');
  });

  it('does not delete what could not be copied', async () => {
    const failing = {
      writeText: async () => Promise.reject(new Error('Not allowed.')),
      readText: async () => '',
    };
    const { editor, document, lamp } = lampInRoom(failing);
    editor.select([lamp]);
    editor.key(ctrl('x'));
    await settled();
    expect(document.isAlive(lamp)).toBe(true);
    expect(editor.notices.getState().items[0]?.text).toMatch(/clipboard.*Not allowed/);
  });

  it('says so when there is nothing of ours on the clipboard', async () => {
    const { editor, clipboard } = lampInRoom();
    await clipboard.writeText('a shopping list');
    editor.key(ctrl('v'));
    await settled();
    expect(editor.notices.getState().items[0]?.text).toMatch(/no objects on the clipboard/);
  });
});

describe('a shared material', () => {
  const wearers = (sessionId: string) => {
    const clipboard = memoryClipboard();
    const session = new LocalSession();
    const { document } = session;
    const components = { sharedMaterial: {}, material: { metalness: 1 } };
    const brass = session.create({ name: 'Brass', components });
    const materialLink = { material: document.formatId(document.idOf(brass)) };
    const worn = { primitive: { kind: 'box' }, materialLink };
    const boxes = ['One', 'Two'].map((name) => session.create({ name, components: worn }));
    const editor = session.editor({ clipboard, sessionId });
    editor.select(boxes);
    return { session, editor, brass };
  };
  const materialsIn = ({ document }: LocalSession) => {
    const found: Entity[] = [];
    document.world.query({ all: [SharedMaterial] }).forEach((each) => {
      if (document.isAlive(each)) found.push(each);
    });
    return found;
  };
  const wornBy = ({ document }: LocalSession, entities: readonly Entity[]) =>
    entities.map((each) => new Scene(document).sharedMaterialOf(each));

  it('comes along once into another session, and all that wore it wear it there', () => {
    const text = wearers('here').editor.copySelected()!;
    const there = new LocalSession();
    // Ids of one session mean something else in another: this one is taken there.
    there.create({ name: 'Other' });
    const other = there.editor({ sessionId: 'there' });
    expect(other.paste(text)).toBe(true);
    const [brass, ...more] = materialsIn(there);
    expect(more).toEqual([]);
    const { world } = there.document;
    expect(world.get(brass!, Name)?.value).toBe('Brass');
    expect(world.get(brass!, Material)?.metalness).toBe(1);
    const { entities } = other.selection.getState();
    expect(wornBy(there, entities)).toEqual([brass, brass]);
    other.undo();
    expect(materialsIn(there)).toEqual([]);
  });

  it('is linked, not made again, in the session that it is from', () => {
    const { session, editor, brass } = wearers('here');
    editor.paste(editor.copySelected()!);
    expect(materialsIn(session)).toEqual([brass]);
    expect(wornBy(session, editor.selection.getState().entities)).toEqual([brass, brass]);
  });

  it('is made again in the session that it is from when it was deleted since', () => {
    const { session, editor, brass } = wearers('here');
    const text = editor.copySelected()!;
    session.delete(brass);
    editor.paste(text);
    const [again] = materialsIn(session);
    expect(again).not.toBe(brass);
    expect(wornBy(session, editor.selection.getState().entities)).toEqual([again, again]);
  });
});

describe('what could not be pasted is not copied', () => {
  it('in words, and nothing is cut', async () => {
    const { session, editor, document, clipboard } = lampInRoom();
    // A third of it is 17 digits of a number that single precision cannot hold, or a quote to escape.
    const third = 1 / 3;
    const map = 'a'.repeat(64);
    const components = {
      transform: { position: [third, third, third], scale: [third, third, third] },
      primitive: { width: third, height: third, depth: third, radius: third },
      material: {
        color: [third, third, third, third],
        emissive: [third, third, third, third],
        baseColorMap: map,
        normalMap: map,
        metallicRoughnessMap: map,
        emissiveMap: map,
        occlusionMap: map,
      },
      textureMapping: { tiling: [third, third], offset: [third, third] },
      light: {},
      camera: {},
      environment: {},
      fog: {},
    };
    const name = '"'.repeat(250);
    const many = Array.from({ length: MOST_CLIPPED }, () => session.create({ name, components }));
    editor.select(many);
    expect(editor.copySelected() === undefined, 'it is not copied').toBe(true);
    const [notice] = editor.notices.getState().items;
    expect(notice?.text).toMatch(/^2000 objects are too much to copy at once.*4\.0 can be/);
    editor.select(many.slice(0, MOST_CLIPPED / 2));
    expect(parseClip(editor.copySelected()!) !== undefined, 'half of it is, and read again').toBe(
      true,
    );
    editor.select(many);
    editor.key(ctrl('x'));
    await settled();
    expect(many.every((each) => document.isAlive(each))).toBe(true);
    expect(await clipboard.readText()).toBe('');
  });
});

describe('S5: a text from outside', () => {
  const object = (parent: number, components: unknown = {}) => ({ parent, components });
  const clip = (objects: unknown) =>
    JSON.stringify({ format: 'theta/objects', version: 1, objects });

  it.each([
    ['another format', '{"format":"other","version":1,"objects":[]}'],
    ['no JSON', '{nonsense'],
    ['no objects', clip([])],
    ['a child before its parent', clip([object(0)])],
    ['a parent out of range', clip([object(-1), object(5)])],
    ['components that are no records', clip([object(-1, { name: 3 })])],
    ['too many objects', clip(Array.from({ length: 2001 }, () => object(-1)))],
  ])('with %s is no clip', (_, text) => expect(parseClip(text)).toBeUndefined());

  it('with components that nobody knows leaves the document as it was, and a notice', () => {
    const { session, editor } = lampInRoom();
    const before = session.document.world.entityCount;
    expect(editor.paste(clip([object(-1), object(0, { hierarchy: { alive: false } })]))).toBe(true);
    expect(session.document.world.entityCount).toBe(before);
    expect(editor.notices.getState().items[0]?.kind).toBe('error');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseClip(text)).toBeUndefined();
      }),
    );
  });
});
