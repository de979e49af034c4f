import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Light,
  Material,
  Mesh,
  Name,
  Primitive,
  SharedMaterial,
} from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { Scene } from '../scene.ts';
import { LocalSession } from '../testing/local-session.ts';
import { key } from '../testing/pointer.ts';
import {
  type ClippedAsset,
  HEAVIEST_CLIP,
  MOST_CLIPPED,
  MOST_CLIPPED_ASSETS,
  parseClip,
} from './clip.ts';
import { assetsOf, type ContentPort } from './clip-assets.ts';

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

const MODEL = 'ab'.repeat(32);
const MAP = 'cd'.repeat(32);

describe('models and images', () => {
  /** A chair and its copy of one model and one image, in a session whose other objects have others. */
  const chairs = (sessionId = 'here') => {
    const session = new LocalSession();
    const offered: string[] = [];
    const contents: ContentPort = {
      offer: (digests) => offered.push(...digests),
      bring: () => expect.unreachable(),
    };
    const asset = (digest: string, kind: string, name: string, size = 100) =>
      session.pipeline.execute('asset.add', { digest, kind, name, size, mediaType: 'a/b' });
    asset(MODEL, 'geometry', 'Chair');
    asset(MAP, 'texture', 'Oak');
    asset('ef'.repeat(32), 'texture', 'Elsewhere');
    const components = { mesh: { asset: MODEL }, material: { baseColorMap: MAP } };
    const made = ['Chair', 'Stool'].map((name) => session.create({ name, components }));
    const editor = session.editor({ sessionId, contents });
    editor.select(made);
    return { session, editor, offered, asset };
  };
  /** Another session, and what its page is asked to bring. */
  const elsewhere = (bring: ContentPort['bring']) => {
    const there = new LocalSession();
    const editor = there.editor({
      sessionId: 'there',
      contents: { offer: () => undefined, bring },
    });
    const notices = () => editor.notices.getState().items;
    return { there, editor, notices, before: there.document.world.entityCount };
  };
  const digestsIn = ({ document }: LocalSession) => [...assetsOf(document).keys()];

  it('are named in a clip, each once, and offered to the other sessions of the browser', () => {
    const { editor, offered } = chairs();
    const clip = parseClip(editor.copySelected()!);
    expect(clip?.session).toBe('here');
    expect(clip?.assets).toEqual([
      { digest: MODEL, kind: 'geometry', name: 'Chair', mediaType: 'a/b', size: 100 },
      { digest: MAP, kind: 'texture', name: 'Oak', mediaType: 'a/b', size: 100 },
    ]);
    expect(offered).toEqual([MODEL, MAP]);
  });

  it('D5, O5: are brought to another session before one step that undo takes back whole', async () => {
    let wanted: readonly ClippedAsset[] = [];
    const { there, editor, before } = elsewhere(async (assets, { onProgress }) => {
      wanted = assets;
      expect(there.sent, 'nothing names what is not there').toHaveLength(0);
      onProgress(0.5);
      const [task] = editor.tasks.getState().items;
      expect(task).toMatchObject({ label: 'Pasting 2 objects', progress: 0.5 });
      return [];
    });
    expect(editor.paste(chairs().editor.copySelected()!)).toBe(true);
    expect(there.document.world.entityCount, 'not yet').toBe(before);
    await settled();
    expect(wanted.map(({ digest }) => digest)).toEqual([MODEL, MAP]);
    expect(digestsIn(there)).toEqual([MODEL, MAP]);
    const { world } = there.document;
    const { entities } = editor.selection.getState();
    expect(entities.map((each) => world.get(each, Mesh)?.asset)).toEqual([MODEL, MODEL]);
    expect(there.sent).toHaveLength(1);
    expect(there.pipeline.history.undoLabel).toBe('Paste 2 objects');
    expect(editor.tasks.getState().items).toEqual([]);
    editor.undo();
    expect(entities.some((each) => there.document.isAlive(each))).toBe(false);
    expect(digestsIn(there)).toEqual([]);
    expect(there.pipeline.history.canUndo).toBe(false);
  });

  it('are not brought where they are: only what lacks', async () => {
    const wanted: string[] = [];
    const { there, editor } = elsewhere(async (assets) => {
      wanted.push(...assets.map(({ digest }) => digest));
      return [];
    });
    const size = 100;
    const add = (digest: string, kind: string) =>
      there.pipeline.execute('asset.add', { digest, kind, name: 'Oak', size, mediaType: '' });
    add(MAP, 'texture');
    const text = chairs().editor.copySelected()!;
    editor.paste(text);
    await settled();
    expect(wanted).toEqual([MODEL]);
    editor.paste(text);
    expect(editor.tasks.getState().items, 'at once').toEqual([]);
    expect(there.pipeline.history.undoLabel).toBe('Paste 2 objects');
    expect(digestsIn(there)).toEqual([MAP, MODEL]);
  });

  it('stay as they are in their own session, whatever that lacks', () => {
    const { session, editor } = chairs();
    editor.paste(editor.copySelected()!);
    expect(digestsIn(session)).toHaveLength(3);
    const lost = session.create({ components: { mesh: { asset: '99'.repeat(32) } } });
    editor.select([lost]);
    editor.paste(editor.copySelected()!);
    expect(editor.selection.getState().active).not.toBe(lost);
    expect(editor.notices.getState().items).toEqual([]);
  });

  it('that cannot be had are told of in words, with whose they are, and nothing is pasted', async () => {
    const { there, editor, notices, before } = elsewhere(async () => [MODEL]);
    const text = chairs().editor.copySelected()!;
    editor.paste(text);
    await settled();
    expect(notices()[0]).toMatchObject({ kind: 'error' });
    expect(notices()[0]?.text).toMatch(
      /^The model of “Chair” is not in this browser \(nor what 1 more need\).*Copy it again/,
    );
    expect(editor.tasks.getState().items).toEqual([]);
    const image = elsewhere(async () => [MAP]);
    image.editor.paste(text);
    await settled();
    expect(image.notices()[0]?.text).toMatch(/^The image of “Chair”/);
    // Shared materials come first in a clip, and yet it is the model that is told of.
    const dressed = JSON.parse(text) as { objects: unknown[] };
    const oak = { material: { baseColorMap: MAP }, sharedMaterial: {}, name: { value: 'Oak' } };
    dressed.objects.unshift({ parent: -1, id: 'x', components: oak });
    const both = elsewhere(async () => [MAP, MODEL]);
    both.editor.paste(JSON.stringify(dressed));
    await settled();
    expect(both.notices()[0]?.text).toMatch(/^The model of “Chair”.*what 2 more need/);
    // A clip that does not say what it needs, as older pages wrote it.
    const old = elsewhere(() => expect.unreachable());
    old.editor.paste(JSON.stringify({ ...JSON.parse(text), assets: undefined }));
    expect(old.notices()[0]?.text).toMatch(/^The model of “Chair”/);
    const bare = new LocalSession();
    const without = bare.editor({ sessionId: 'bare' });
    without.paste(text);
    expect(without.notices.getState().items[0]?.text).toMatch(/^The model of “Chair”/);
    for (const each of [there, image.there, old.there, bare]) {
      expect(each.document.world.entityCount).toBe(before);
    }
  });

  it('are left when it is cancelled, or fails, or one may no longer edit', async () => {
    const text = chairs().editor.copySelected()!;
    const slow = elsewhere(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('Cancelled.')));
        }),
    );
    slow.editor.paste(text);
    slow.editor.tasks.getState().items[0]?.cancel?.();
    await settled();
    expect(slow.notices()).toEqual([]);
    const failing = elsewhere(() => Promise.reject(new Error('The session is full.')));
    failing.editor.paste(text);
    await settled();
    expect(failing.notices()[0]?.text).toBe('Nothing was pasted: The session is full.');
    const demoted = elsewhere(async () => {
      demoted.editor.connection.setState({ role: 'viewer' });
      return [];
    });
    demoted.editor.paste(text);
    await settled();
    expect(demoted.notices()[0]?.text).toMatch(/here as a viewer/);
    for (const { there, editor, before } of [slow, failing, demoted]) {
      expect(there.document.world.entityCount).toBe(before);
      expect(editor.tasks.getState().items).toEqual([]);
    }
  });

  it('that are too many or too much are not copied, in words', () => {
    const { session, editor, asset, offered } = chairs();
    const digests = Array.from({ length: MOST_CLIPPED_ASSETS + 1 }, (_, i) =>
      i.toString(16).padStart(64, '0'),
    );
    for (const digest of digests) asset(digest, 'texture', 'Many');
    editor.select(
      digests.map((normalMap) => session.create({ components: { material: { normalMap } } })),
    );
    expect(editor.copySelected()).toBeUndefined();
    expect(editor.notices.getState().items[0]?.text).toMatch(/257 models and images, and 256 can/);
    const heavy = '77'.repeat(32);
    asset(heavy, 'geometry', 'Heavy', HEAVIEST_CLIP);
    asset('78'.repeat(32), 'geometry', 'Light', 1);
    editor.select(
      [heavy, '78'.repeat(32)].map((each) =>
        session.create({ components: { mesh: { asset: each } } }),
      ),
    );
    expect(editor.copySelected()).toBeUndefined();
    expect(editor.notices.getState().items[1]?.text).toMatch(/256\.0 MiB, and 256\.0 can/);
    expect(offered).toEqual([]);
  });
});

describe('S5: a text from outside', () => {
  const object = (parent: number, components: unknown = {}) => ({ parent, components });
  const clip = (objects: unknown, assets?: unknown) =>
    JSON.stringify({ format: 'theta/objects', version: 1, objects, assets });
  const model = { digest: MODEL, kind: 'geometry', name: '', mediaType: '', size: 1 };
  const withAsset = (change: object) => clip([object(-1)], [{ ...model, ...change }]);

  it.each([
    ['another format', '{"format":"other","version":1,"objects":[]}'],
    ['no JSON', '{nonsense'],
    ['no objects', clip([])],
    ['a child before its parent', clip([object(0)])],
    ['a parent out of range', clip([object(-1), object(5)])],
    ['components that are no records', clip([object(-1, { name: 3 })])],
    ['too many objects', clip(Array.from({ length: 2001 }, () => object(-1)))],
    ['a digest that is none', withAsset({ digest: MODEL.toUpperCase() })],
    ['a digest that is a path', withAsset({ digest: `../${'a'.repeat(61)}` })],
    ['an asset of another kind', withAsset({ kind: 'source' })],
    ['an asset of no bytes', withAsset({ size: 0 })],
    ['an asset of half a byte', withAsset({ size: 1.5 })],
    ['an asset that is too large', withAsset({ size: HEAVIEST_CLIP + 1 })],
    [
      'assets that are too large together',
      clip([object(-1)], [{ ...model, size: HEAVIEST_CLIP }, model]),
    ],
    [
      'too many assets',
      clip(
        [object(-1)],
        Array.from({ length: MOST_CLIPPED_ASSETS + 1 }, () => model),
      ),
    ],
  ])('with %s is no clip', (_, text) => expect(parseClip(text)).toBeUndefined());

  it('with an asset is one', () => {
    expect(parseClip(withAsset({ size: HEAVIEST_CLIP }))?.assets).toHaveLength(1);
  });

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
