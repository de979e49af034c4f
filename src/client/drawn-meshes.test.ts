import { expect, it } from 'vitest';
import { CommandLog } from '../commands/log.ts';
import { NO_OBJECTION } from '../commands/permissions.ts';
import { CommandPipeline } from '../commands/pipeline.ts';
import { Asset, Material, Mesh, Transform } from '../ecs/components/index.ts';
import { Document } from '../ecs/document/document.ts';
import { strokeMesh } from '../editor/hands/stroke-mesh.ts';
import { decode } from '../protocol/codec.ts';
import type { Bytes } from '../shared/bytes.ts';
import { sha256Hex } from './assets/sha256.ts';
import { drawnMeshes } from './drawn-meshes.ts';

const TUBE = strokeMesh(
  'tube',
  [0, 1, 2].map((x) => ({ position: [x, 1, 0], across: [0, 0, 1] })),
  0.1,
)!;

function session(upload: (digest: string, bytes: Uint8Array) => Promise<void>) {
  const document = new Document();
  const log = new CommandLog(document, document.sites.intern('00112233445566aa', 1));
  const pipeline = new CommandPipeline({
    log,
    objection: () => NO_OBJECTION,
    enqueue: () => undefined,
  });
  const kept = new Map<string, Bytes>();
  const meshes = drawnMeshes({
    pipeline,
    uploader: { upload: (bytes, digest) => upload(digest, bytes) },
    assets: { put: (digest, bytes) => void kept.set(digest, bytes) },
    isConnected: () => true,
  });
  return { document, pipeline, meshes, kept };
}

it('D5: what was drawn is an asset on the server before anything names it, and one step', async () => {
  const uploaded: string[] = [];
  const { document, pipeline, meshes, kept } = session(async (digest, bytes) => {
    expect(await sha256Hex(bytes as Bytes)).toBe(digest);
    expect(pipeline.pending).toBe(0);
    uploaded.push(digest);
  });
  const id = await meshes.add('Tube', TUBE, [1, 0, 0, 1]);
  const entity = document.entityOf(document.parseId(id)!)!;
  const [digest] = uploaded;
  expect(document.world.get(entity, Mesh)?.asset).toBe(digest);
  expect([...document.world.get(entity, Transform)!.position]).toEqual([1, 1, 0]);
  expect([...document.world.get(entity, Material)!.color]).toEqual([1, 0, 0, 1]);
  const { submeshes } = decode('Geometry', kept.get(digest!)!);
  expect(submeshes[0]?.positions).toEqual(TUBE.positions);
  expect(pipeline.history.undoLabel).toBe('Draw Tube');
  pipeline.undo();
  const made = [entity, document.world.query({ all: [Asset] }).entities[0]!];
  expect(made.map((each) => document.isAlive(each))).toEqual([false, false]);
});

it('leaves the scene as it was where the server does not take it', async () => {
  const { document, meshes } = session(async () => {
    throw new Error('The server is full.');
  });
  await expect(meshes.add('Tube', TUBE, undefined)).rejects.toThrow('full');
  expect(document.world.query({ all: [Mesh] }).entities).toHaveLength(0);
});
