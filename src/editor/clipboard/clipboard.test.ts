import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Light, Name, Primitive } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { Scene } from '../scene.ts';
import { LocalSession } from '../testing/local-session.ts';
import { key } from '../testing/pointer.ts';
import { parseClip } from './clip.ts';

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
