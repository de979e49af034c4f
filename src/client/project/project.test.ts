import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Asset, DOCUMENT_COMPONENTS, MaterialLink, Name } from '../../ecs/components/index.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { Entity } from '../../ecs/entity.ts';
import { plainComponent } from '../../editor/inspector/plain-component.ts';
import { LocalSession } from '../../editor/testing/local-session.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import type { ExportedScene } from '../export/scene-objects.ts';
import { SampleScene } from '../export/testing/sample-scene.ts';
import { IMPORT_LIMITS, type ImportLimits } from '../import/import-limits.ts';
import { ImportRun } from '../import/import-run.ts';
import { addProject } from './add-project.ts';
import { readProject } from './read-project.ts';
import { writeProject } from './write-project.ts';

const write = (scene: SampleScene, options: Partial<ExportedScene> = {}) =>
  writeProject({ ...scene, ...options });

const read = (bytes: Uint8Array, limits?: ImportLimits) =>
  readProject(new Uint8Array(bytes), new ImportRun('scene.theta', limits && { limits }));

/** Opens a file in a session of its own, whose server keeps what is uploaded. */
async function open(bytes: Uint8Array) {
  const session = new LocalSession();
  const uploaded = new Map<string, Bytes>();
  const added = await addProject(await read(bytes), {
    pipeline: session.pipeline,
    uploader: {
      upload: async (content, digest) => {
        uploaded.set(digest, content);
      },
    },
  });
  return { session, document: session.document, uploaded, added };
}

/** Every living entity by its path of names, with all that it holds; ids are the names of what they name. */
function contentOf(document: Document) {
  const { world } = document;
  const nameOf = (entity: Entity) =>
    world.get(entity, Name)?.value ?? world.get(entity, Asset)?.digest;
  const found: string[] = [];
  world.query({ all: [] }).forEach((entity) => {
    if (!document.isAlive(entity)) return;
    const path: unknown[] = [];
    for (let at = entity; at !== 0; at = document.effectiveParent(at)) path.unshift(nameOf(at));
    const components = DOCUMENT_COMPONENTS.filter(({ name }) => name !== 'hierarchy').flatMap(
      (component): unknown[][] => {
        const value = plainComponent(document, entity, component);
        if (value === undefined) return [];
        if (component !== MaterialLink) return [[component.name, value]];
        const { material } = world.get(entity, MaterialLink)!;
        return [[component.name, nameOf(material as Entity)]];
      },
    );
    found.push(JSON.stringify([path, components]));
  });
  return found.sort();
}

function childrenIn(document: Document, parent: Entity): (string | undefined)[] {
  const children: Entity[] = [];
  document.world.query({ all: [Name] }).forEach((entity) => {
    if (document.isAlive(entity) && document.effectiveParent(entity) === parent)
      children.push(entity);
  });
  return children
    .toSorted((a, b) => (document.orderOf(a) < document.orderOf(b) ? -1 : 1))
    .map((entity) => document.world.get(entity, Name)?.value);
}

async function furnished() {
  const scene = new SampleScene();
  const [map, asset] = [await scene.image(7), await scene.triangles(0, 5)];
  const material = { metalness: 1, baseColorMap: map };
  const brass = scene.add('Brass', { sharedMaterial: {}, material, textureMapping: {} });
  scene.add('Spare', { sharedMaterial: {}, material: { roughness: 0.25 } });
  const house = scene.add('House', { transform: { position: [1, 2, 3] } });
  const room = scene.add('Room', { flags: { hidden: true, locked: true } }, house);
  const worn = { materialLink: { material: scene.id(brass) } };
  scene.add('Ball', { primitive: { kind: 'sphere', segments: 9 }, shapeDetail: {}, ...worn }, room);
  scene.add('Chair', { mesh: { asset, index: 1 }, material: { normalMap: map }, ...worn }, room);
  scene.add('Lamp', { light: { kind: 'spot', castShadow: true } }, house);
  scene.add('Eye', { camera: { kind: 'orthographic', size: 3 } });
  scene.add('Sky', { environment: {}, fog: {} });
  scene.session.delete(scene.add('Gone', { primitive: {} }, room));
  return { scene, house, room, brass, map, asset };
}

describe('a .theta file', () => {
  it('opens as the same document, entity by entity, with the same contents', async () => {
    const { scene, map, asset } = await furnished();
    const { document, uploaded } = await open(await write(scene));
    expect(contentOf(document)).toEqual(contentOf(scene.document));
    expect([...uploaded.keys()].sort()).toEqual([map, asset].sort());
    for (const [digest, bytes] of uploaded) expect(bytes).toEqual(await scene.content(digest));
  });

  it('written, opened and written again is the same but for ids', async () => {
    const { scene } = await furnished();
    const again = new SampleScene();
    const { document, session } = await open(await write(scene));
    const second = await writeProject({ document, assets: again.assets, content: scene.content });
    expect(session.pipeline.history.undoLabel).toBe('Open Scene');
    const third = await open(second);
    expect(contentOf(third.document)).toEqual(contentOf(scene.document));
  });

  it('any tree: names, places and the order of siblings', async () => {
    const tree = fc.array(
      fc.record({
        parent: fc.nat(),
        name: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
        at: fc.float({ min: -1000, max: 1000, noNaN: true }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(tree, async (nodes) => {
        const scene = new SampleScene();
        const made: Entity[] = [];
        for (const [i, { parent, name, at }] of nodes.entries()) {
          const above = made[parent % (i + 1)];
          // What is canonical has no negative zero (O6).
          const transform = { position: [at + 0, i, 0] };
          made.push(scene.add(`${i} ${name}`, { transform }, above));
        }
        const { document } = await open(await write(scene));
        expect(contentOf(document)).toEqual(contentOf(scene.document));
        expect(childrenIn(document, 0 as Entity)).toEqual(childrenIn(scene.document, 0 as Entity));
      }),
      { numRuns: 40 },
    );
  });

  it('of a part holds what is in it and the materials that it wears, and nothing else', async () => {
    const { scene, room } = await furnished();
    const { project, contents } = await read(await write(scene, { roots: [room] }));
    const names = project.entities.map(({ components }) => components.name?.value);
    expect(names.sort()).toEqual(['Ball', 'Brass', 'Chair', 'Room']);
    expect(contents.size).toBe(2);
  });

  it('O5: opens in one step, which undo takes back whole', async () => {
    const { scene } = await furnished();
    const { session, document } = await open(await write(scene));
    expect(session.pipeline.history.undoSteps).toHaveLength(1);
    session.pipeline.undo();
    expect(contentOf(document)).toEqual([]);
  });
});

/** A file of these parts, as another program would write it. */
const archive = (project: unknown, more: Zippable = {}) =>
  zipSync({ 'project.json': strToU8(JSON.stringify(project)), ...more });

const PROJECT = {
  format: 'theta/project',
  version: 1,
  name: 'Scene',
  assets: [],
  entities: [{ id: 'a', parent: null, components: {} }],
};
const DIGEST = 'ab'.repeat(32);
const ASSET = { digest: DIGEST, kind: 'texture', name: 'Map', mediaType: 'image/png' };

async function failureOf(bytes: Uint8Array, limits?: ImportLimits): Promise<ThetaError> {
  const thrown = await read(bytes, limits).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(ThetaError);
  expect((thrown as ThetaError).message).toMatch(/^scene\.theta .*\.$/);
  return thrown as ThetaError;
}

describe('S5: a file that is not what it should be is refused in words', () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ['an empty one', new Uint8Array(), 'malformed', /is no \.theta file, or is cut off/],
    ['a text', strToU8('hello'), 'malformed', /is no \.theta file, or is cut off/],
    ['another archive', zipSync({ 'a.txt': strToU8('a') }), 'malformed', /has no project\.json/],
    ['no JSON', zipSync({ 'project.json': strToU8('{') }), 'malformed', /broken project\.json/],
    ['another format', archive({ ...PROJECT, format: 'x' }), 'malformed', /: format: /],
    ['a later version', archive({ ...PROJECT, version: 2 }), 'malformed', /: version: /],
    ['nothing in it', archive({ ...PROJECT, entities: [] }), 'nothing_to_import', /nothing in it/],
    ['a missing content', archive({ ...PROJECT, assets: [ASSET] }), 'missing_file', /lacks its/],
    [
      'a false content',
      archive({ ...PROJECT, assets: [ASSET] }, { [`assets/${DIGEST}`]: strToU8('x') }),
      'malformed',
      /not what its name says: abab/,
    ],
    [
      'two of an id',
      archive({ ...PROJECT, entities: [PROJECT.entities[0], PROJECT.entities[0]] }),
      'malformed',
      /two objects called a/,
    ],
    [
      'a child before its parent',
      archive({ ...PROJECT, entities: [{ id: 'a', parent: 'b', components: {} }] }),
      'malformed',
      /an object \(a\) before/,
    ],
    [
      'components that are no records',
      archive({ ...PROJECT, entities: [{ id: 'a', parent: null, components: { light: 3 } }] }),
      'malformed',
      /entities\.0\.components\.light/,
    ],
  ])('%s', async (_, bytes, code, words) => {
    const failure = await failureOf(bytes);
    expect(failure.message).toMatch(words);
    expect(failure.code).toBe(code);
  });

  it('more objects than an import may bring', async () => {
    const entities = Array.from({ length: IMPORT_LIMITS.entities + 1 }, (_, i) => ({
      id: `${i}`,
      parent: null,
      components: {},
    }));
    expect((await failureOf(archive({ ...PROJECT, entities }))).message).toMatch(/entities: /);
  });

  it('cut off anywhere', async () => {
    const { scene } = await furnished();
    const whole = await write(scene);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        expect((await failureOf(whole.slice(0, length))).code).toBe('malformed');
      }),
    );
  });

  it('damaged anywhere: refused, or read as if it were whole', async () => {
    const { scene } = await furnished();
    const whole = await write(scene);
    const intact = await read(whole);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const damaged = whole.slice();
          damaged[at]! ^= by;
          const outcome = await read(damaged).catch((thrown: unknown) => thrown);
          if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ThetaError);
          else expect(outcome).toEqual(intact);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('values that nobody knows leave the scene as it was', async () => {
    const session = new LocalSession();
    session.create({ name: 'Here' });
    const before = contentOf(session.document);
    const entities = [
      { id: 'a', parent: null, components: { light: {} } },
      { id: 'b', parent: 'a', components: { hierarchy: { alive: false } } },
    ];
    const project = await read(archive({ ...PROJECT, entities }));
    const uploader = { upload: async () => undefined };
    await expect(addProject(project, { pipeline: session.pipeline, uploader })).rejects.toThrow();
    expect(contentOf(session.document)).toEqual(before);
    expect(session.pipeline.history.undoSteps).toHaveLength(1);
  });

  it('a failing upload, or a cancelled one, leaves the scene as it was', async () => {
    const { scene } = await furnished();
    const project = await read(await write(scene));
    const session = new LocalSession();
    const { pipeline } = session;
    const failing = { upload: () => Promise.reject(new ThetaError('refused', 'No.')) };
    await expect(addProject(project, { pipeline, uploader: failing })).rejects.toThrow('No.');
    const abort = new AbortController();
    const aborting = { upload: async () => abort.abort() };
    const options = { pipeline, uploader: aborting, signal: abort.signal };
    await expect(addProject(project, options)).rejects.toMatchObject({ code: 'cancelled' });
    expect(contentOf(session.document)).toEqual([]);
  });

  it('is of one file: what it names that is not there goes', async () => {
    const components = { materialLink: { material: 'elsewhere' }, primitive: {} };
    const bytes = archive({ ...PROJECT, entities: [{ id: 'a', parent: null, components }] });
    const { document } = await open(bytes);
    const [content] = contentOf(document);
    expect(content).toMatch(/primitive/);
    expect(content).not.toMatch(/materialLink/);
  });
});

describe('what is in a .theta file', () => {
  it('is a zip archive that any program reads', async () => {
    const { scene, map } = await furnished();
    const files = unzipSync(await write(scene));
    expect(JSON.parse(strFromU8(files['project.json']!))).toMatchObject({
      format: 'theta/project',
    });
    expect(new Uint8Array(files[`assets/${map}`]!)).toEqual(await scene.content(map));
  });
});
