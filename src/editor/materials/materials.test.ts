import { describe, expect, it } from 'vitest';
import {
  Asset,
  Material,
  MaterialLink,
  SharedMaterial,
  TextureMapping,
} from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { ThetaError } from '../../shared/errors.ts';
import { LocalSession } from '../testing/local-session.ts';
import type { ImagePort } from './textures.ts';

const DIGEST = 'ab'.repeat(32);

function setUp(images?: ImagePort) {
  const session = new LocalSession();
  const { world } = session.document;
  const red = { color: [1, 0, 0, 1], roughness: 0.25 };
  const create = (name: string, material: object) =>
    session.create({ name, components: { primitive: {}, material } });
  const box = create('Box', red);
  const ball = create('Ball', { roughness: 0.75 });
  const editor = session.editor({ ...(images && { images }) });
  const { materials } = editor;
  const items = () => materials.store.getState().items;
  const roughness = (entity: Entity) => world.get(entity, Material)?.roughness;
  const shared = () => items()[0]!.entity;
  return { session, world, editor, materials, items, box, ball, roughness, shared };
}

describe('sharing a material', () => {
  it('makes one of what the active object wears, for all that are selected; one undo step', () => {
    const { session, editor, materials, items, box, ball, world } = setUp();
    editor.select([ball, box]);
    materials.share();
    expect(items()).toMatchObject([{ name: 'Box material', wearers: 2 }]);
    expect(world.get(items()[0]!.entity, Material)?.roughness).toBe(0.25);
    expect(editor.inspector.getState().material).toBe(items()[0]!.entity);
    expect(session.pipeline.history.undoSteps).toHaveLength(3);
    editor.undo();
    expect(items()).toEqual([]);
    expect(editor.inspector.getState().material).toBe(NO_ENTITY);
  });

  it('keeps it out of the tree, and in what panels edit of its wearers', () => {
    const { editor, materials, box, ball, roughness, shared, items } = setUp();
    editor.select([box]);
    materials.share();
    editor.select([ball]);
    materials.wear(shared());
    expect(editor.outliner.getState().rows.map(({ name }) => name)).toEqual(['Box', 'Ball']);
    const { version } = items()[0]!;
    editor.setField('material', 'roughness', 0.5);
    expect(roughness(shared())).toBe(0.5);
    expect(roughness(ball)).toBe(0.75);
    expect(items()[0]!.version).toBeGreaterThan(version);
    editor.select([box]);
    const section = editor.inspector.getState().sections.find((s) => s.component === 'material');
    expect(section?.fields.find(({ name }) => name === 'roughness')?.value).toBe(0.5);
  });

  it('writes a material that several share once, and shows a scrub of it', () => {
    const { session, editor, materials, box, ball, shared } = setUp();
    editor.select([box, ball]);
    materials.share();
    const drag = editor.beginFieldDrag('material', 'metalness');
    drag.update(0.5);
    expect([...editor.preview.getState().fields.keys()]).toEqual([shared()]);
    session.sent.length = 0;
    drag.commit();
    expect(session.sent).toHaveLength(1);
    expect(session.sent[0]?.entries).toHaveLength(1);
  });

  it('follows somebody else who edits the shared material', () => {
    const { session, editor, materials, box, shared } = setUp();
    editor.select([box]);
    materials.share();
    const entity = session.document.idOf(shared());
    session.pipeline.execute('material.set', { entity, roughness: 1 });
    editor.update();
    const section = editor.inspector.getState().sections.find((s) => s.component === 'material');
    expect(section?.fields.find(({ name }) => name === 'roughness')?.value).toBe(1);
  });
});

describe('making it unique', () => {
  it('gives each a copy that looks the same, and leaves the others', () => {
    const { editor, materials, box, ball, world, roughness, items } = setUp();
    editor.select([ball, box]);
    materials.share();
    editor.addComponent('textureMapping');
    editor.setField('textureMapping', 'tiling', [4, 2]);
    editor.select([ball]);
    materials.makeUnique();
    expect(world.has(ball, MaterialLink)).toBe(false);
    expect(roughness(ball)).toBe(0.25);
    expect(world.get(ball, TextureMapping)?.tiling).toEqual([4, 2]);
    expect(items()).toMatchObject([{ wearers: 1 }]);
    editor.setField('material', 'roughness', 1);
    expect(roughness(items()[0]!.entity)).toBe(0.25);
    expect(editor.inspector.getState().material).toBe(NO_ENTITY);
    expect(roughness(box)).toBe(0.25);
  });

  it('is what deleting a material does to all who wear it', () => {
    const { editor, materials, box, ball, world, roughness, items, shared } = setUp();
    editor.select([ball, box]);
    materials.share();
    const material = shared();
    materials.delete(material);
    expect(items()).toEqual([]);
    expect([roughness(box), roughness(ball)]).toEqual([0.25, 0.25]);
    editor.undo();
    expect(items()).toMatchObject([{ entity: material, wearers: 2 }]);
    expect(world.has(material, SharedMaterial)).toBe(true);
  });

  it('taking the material off takes the link off, and leaves the shared one', () => {
    const { editor, materials, box, world, items } = setUp();
    editor.select([box]);
    materials.share();
    editor.removeComponent('material');
    expect(world.has(box, Material) || world.has(box, MaterialLink)).toBe(false);
    expect(items()).toMatchObject([{ wearers: 0 }]);
  });
});

describe('textures', () => {
  const image = { digest: DIGEST, name: 'wood.png', mediaType: 'image/png', size: 9 };
  const file = new File(['image'], 'wood.png');

  it('are stored, become assets of the document once, and go into the field in one step', async () => {
    const port: ImagePort = {
      store: async () => image,
      picture: () => Promise.reject(new Error('No canvas here.')),
    };
    const { session, editor, materials, box, world } = setUp(port);
    editor.select([box]);
    await materials.importTexture('material', 'baseColorMap', file);
    await materials.importTexture('material', 'normalMap', file);
    expect(world.get(box, Material)).toMatchObject({ baseColorMap: DIGEST, normalMap: DIGEST });
    expect(materials.textures()).toEqual([{ digest: DIGEST, name: 'wood.png' }]);
    let assets = 0;
    world.query({ all: [Asset] }).forEach(() => {
      assets += 1;
    });
    expect(assets).toBe(1);
    editor.undo();
    editor.undo();
    expect(world.get(box, Material)?.baseColorMap).toBe('');
    expect(session.pipeline.history.undoSteps).toHaveLength(2);
    expect(editor.tasks.getState().items).toEqual([]);
    expect(await materials.texture(DIGEST)).toBeUndefined();
  });

  it('that cannot be used leave the scene as it was, and a notice', async () => {
    const fault = new ThetaError('invalid', 'wood.png is no image.');
    const port: ImagePort = {
      store: () => Promise.reject(fault),
      picture: () => Promise.reject(fault),
    };
    const { editor, materials, box, world } = setUp(port);
    editor.select([box]);
    await materials.importTexture('material', 'baseColorMap', file);
    expect(world.get(box, Material)?.baseColorMap).toBe('');
    expect(editor.notices.getState().items.at(-1)).toMatchObject({
      kind: 'error',
      text: 'wood.png is no image.',
    });
  });
});
