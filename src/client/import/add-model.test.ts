import { beforeEach, describe, expect, it } from 'vitest';
import { CommandLog } from '../../commands/log.ts';
import { NO_OBJECTION } from '../../commands/permissions.ts';
import { CommandPipeline } from '../../commands/pipeline.ts';
import {
  Hierarchy,
  Material,
  MaterialLink,
  Mesh,
  Name,
  SharedMaterial,
  TextureMapping,
  Transform,
} from '../../ecs/components/index.ts';
import { Document } from '../../ecs/document/document.ts';
import type { Entity } from '../../ecs/entity.ts';
import { AssetError } from '../assets/asset-error.ts';
import type { BlobUploader } from '../assets/blob-uploader.ts';
import { addModel } from './add-model.ts';
import { type ImportedEntity, type ImportedModel, NO_PARENT } from './imported-model.ts';

const GEOMETRY = 'a1'.repeat(32);
const TEXTURE = 'b2'.repeat(32);

let document: Document;
let pipeline: CommandPipeline;
let sent: number;

beforeEach(() => {
  sent = 0;
  document = new Document();
  const log = new CommandLog(document, document.sites.intern('00112233445566aa', 1));
  pipeline = new CommandPipeline({
    log,
    objection: () => NO_OBJECTION,
    enqueue: () => {
      sent++;
    },
  });
});

class Uploads implements BlobUploader {
  readonly digests: string[] = [];

  async upload(bytes: Uint8Array, digest: string, options: Parameters<BlobUploader['upload']>[2]) {
    options?.onProgress?.(bytes.length, bytes.length);
    this.digests.push(digest);
  }
}

const entity = (name: string, parent: number, components: object = {}): ImportedEntity => ({
  name,
  parent,
  components: { transform: {}, ...components },
});

const model = (...entities: ImportedEntity[]): ImportedModel => ({
  name: 'chair',
  geometry: { bytes: new Uint8Array(300), digest: GEOMETRY, submeshes: 1 },
  textures: [{ bytes: new Uint8Array(100), digest: TEXTURE, mediaType: 'image/png', name: 'Oak' }],
  entities,
  materials: [],
  warnings: [],
});

const CHAIR = model(
  entity('Chair', NO_PARENT, { transform: { position: [1, 0, 0] } }),
  entity('Leg', 0, { mesh: { asset: GEOMETRY, index: 0 } }),
);

const entityOf = (id: string): Entity => document.entityOf(document.parseId(id)!)!;
const get = <C extends Parameters<typeof document.world.get>[1]>(id: string, component: C) =>
  document.world.get(entityOf(id), component);

describe('addModel', () => {
  it('D5: uploads every blob before the one transaction that names them', async () => {
    const uploader = new Uploads();
    const assets = new Map<string, Uint8Array>();
    const { issued } = await addModel(CHAIR, {
      pipeline,
      uploader: {
        upload: (...args) => {
          expect(sent).toBe(0);
          return uploader.upload(...args);
        },
      },
      assets: { put: (digest, bytes) => assets.set(digest, bytes) },
    });
    expect(uploader.digests).toEqual([GEOMETRY, TEXTURE]);
    expect([...assets.keys()]).toEqual([GEOMETRY, TEXTURE]);
    expect(sent).toBe(1);
    expect(issued.id).not.toBe('');
  });

  it('makes the entities with their names, places and components', async () => {
    const added = await addModel(CHAIR, { pipeline, uploader: new Uploads(), position: [0, 2, 0] });
    const [chair, leg] = added.entities as [string, string];
    expect(added.root).toBe(chair);
    expect(get(chair, Name)).toMatchObject({ value: 'Chair' });
    expect(get(chair, Transform)).toMatchObject({ position: [1, 2, 0] });
    expect(get(leg, Hierarchy)).toMatchObject({ parent: entityOf(chair) });
    expect(get(leg, Mesh)).toMatchObject({ asset: GEOMETRY, index: 0 });
  });

  it('makes a material once for those who wear it together, and none of them an object', async () => {
    const worn = { material: { roughness: 0.25 }, textureMapping: { rotation: 1 } };
    const mesh = { asset: GEOMETRY, index: 0 };
    const wearing = (name: string, parent: number) => ({
      ...entity(name, parent, { mesh, ...worn }),
      wears: 0,
    });
    const chairs = {
      ...model(wearing('Seat', NO_PARENT), wearing('Back', 0), entity('Leg', 0, { mesh })),
      materials: [{ name: 'Oak', components: worn }],
    };
    const { entities } = await addModel(chairs, { pipeline, uploader: new Uploads() });
    const [seat, back, leg] = entities as [string, string, string];
    expect(entities).toHaveLength(3);
    const oak = get(seat, MaterialLink)!.material as Entity;
    expect(get(back, MaterialLink)?.material).toBe(oak);
    expect(get(leg, MaterialLink)).toBeUndefined();
    expect(document.world.has(oak, SharedMaterial)).toBe(true);
    expect(document.world.get(oak, Name)?.value).toBe('Oak');
    expect(document.world.get(oak, Material)?.roughness).toBe(0.25);
    expect(document.world.get(oak, TextureMapping)?.rotation).toBe(1);
    pipeline.undo();
    expect(document.isAlive(oak)).toBe(false);
  });

  it('puts several roots under one that is named after the file', async () => {
    const two = model(entity('A', NO_PARENT), entity('B', NO_PARENT), entity('C', 1));
    const added = await addModel(two, { pipeline, uploader: new Uploads(), position: [3, 0, 0] });
    const [root, a, b, c] = added.entities as [string, string, string, string];
    expect(get(root, Name)).toMatchObject({ value: 'chair' });
    expect(get(root, Transform)).toMatchObject({ position: [3, 0, 0] });
    expect(get(a, Hierarchy)).toMatchObject({ parent: entityOf(root) });
    expect(get(b, Hierarchy)).toMatchObject({ parent: entityOf(root) });
    expect(get(c, Hierarchy)).toMatchObject({ parent: entityOf(b) });
  });

  it('O5: is one step to undo', async () => {
    const added = await addModel(CHAIR, { pipeline, uploader: new Uploads() });
    expect(pipeline.history.undoLabel).toBe('Import chair');
    pipeline.undo();
    for (const id of added.entities) expect(document.isAlive(entityOf(id))).toBe(false);
    expect(pipeline.history.canUndo).toBe(false);
  });

  it('tells the share of bytes that are uploaded', async () => {
    const told: number[] = [];
    const onProgress = (fraction: number) => told.push(fraction);
    await addModel(CHAIR, { pipeline, uploader: new Uploads(), onProgress });
    expect(told).toEqual([0.75, 1]);
  });

  it('leaves the document alone when an upload fails, and ends the others', async () => {
    const aborted: string[] = [];
    const uploader: BlobUploader = {
      upload: (_, digest, options) => {
        if (digest === TEXTURE) return Promise.reject(new AssetError('refused', 'No.'));
        return new Promise((_, reject) => {
          options!.signal!.addEventListener('abort', () => {
            aborted.push(digest);
            reject(new AssetError('cancelled', 'Cancelled.'));
          });
        });
      },
    };
    const put = () => expect.unreachable();
    await expect(addModel(CHAIR, { pipeline, uploader, assets: { put } })).rejects.toThrow('No.');
    expect(aborted).toEqual([GEOMETRY]);
    expect(sent).toBe(0);
  });

  it('leaves the document alone when it is cancelled after the last upload', async () => {
    const abort = new AbortController();
    const uploader: BlobUploader = { upload: async () => abort.abort() };
    const adding = addModel(CHAIR, { pipeline, uploader, signal: abort.signal });
    await expect(adding).rejects.toMatchObject({ code: 'cancelled' });
    expect(sent).toBe(0);
  });
});
