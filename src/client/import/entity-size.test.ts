import { describe, expect, it } from 'vitest';
import { encodeEntries } from '../../commands/entries.ts';
import type { LocalTransaction } from '../../commands/local-transaction.ts';
import { CommandLog } from '../../commands/log.ts';
import { NO_OBJECTION } from '../../commands/permissions.ts';
import { CommandPipeline } from '../../commands/pipeline.ts';
import { Document } from '../../ecs/document/document.ts';
import { addModel } from './add-model.ts';
import { entitySize, LINK_BYTES } from './entity-size.ts';
import type { ImportedComponents, ImportedEntity, ImportedMaterial } from './imported-model.ts';

const DIGEST = 'cd'.repeat(32);
const COUNT = 200;

const transform = { position: [1, 2, 3], rotation: [0.5, 0.5, 0.5, 0.5], scale: [2, 2, 2] };
const mesh = { asset: DIGEST, index: 7 };
const plain = {
  color: [1, 0.5, 0.25, 1],
  metalness: 1,
  roughness: 0.75,
  emissive: [1, 1, 1, 1],
  emissiveIntensity: 2,
  alphaMode: 'blend',
  alphaCutoff: 0.25,
  doubleSided: true,
} as const;
const maps = {
  baseColorMap: DIGEST,
  normalMap: DIGEST,
  metallicRoughnessMap: DIGEST,
  emissiveMap: DIGEST,
  occlusionMap: DIGEST,
};
const light = {
  kind: 'spot',
  color: [1, 0, 0, 1],
  intensity: 2,
  range: 3,
  angle: 0.25,
  penumbra: 0.5,
} as const;
const textureMapping = {
  tiling: [2, 3],
  offset: [0.5, 0.25],
  rotation: 1,
  normalScale: 2,
  occlusionStrength: 0.5,
} as const;
const camera = { kind: 'orthographic', size: 2, near: 1, far: 2, fov: 3 } as const;

/** Bytes of the transaction that adds these. */
async function transactionSize(
  entities: readonly ImportedEntity[],
  materials: readonly ImportedMaterial[] = [],
): Promise<number> {
  const document = new Document();
  const site = document.sites.intern('00112233445566aa', 1);
  const sent: LocalTransaction[] = [];
  const pipeline = new CommandPipeline({
    log: new CommandLog(document, site),
    enqueue: (transaction) => sent.push(transaction),
    objection: () => NO_OBJECTION,
  });
  const model = { name: 'many', textures: [], materials, entities, warnings: [] };
  await addModel(model, { pipeline, uploader: { upload: () => Promise.resolve() } });
  return encodeEntries(document, site, 0, sent).length;
}

describe('entitySize', () => {
  it.each<[string, ImportedComponents]>([
    ['a group', { transform: {} }],
    ['a placed group', { transform }],
    ['a mesh', { transform, mesh, material: plain }],
    ['a mesh with maps', { transform, mesh, material: { ...plain, ...maps } }],
    ['a mesh with how maps lie', { transform, mesh, material: plain, textureMapping }],
    ['a light', { transform, light }],
    ['a camera', { transform, camera }],
    ['everything', { transform, mesh, light, camera, material: { ...plain, ...maps } }],
  ])('D5: is never below what %s takes, nor twice as much', async (_, components) => {
    const entities = Array.from({ length: COUNT }, (_, i) => ({
      name: `Object ${i} of a crowd 🪑`,
      parent: i === 0 ? -1 : 0,
      components,
    }));
    const guess = entities.reduce((sum, entity) => sum + entitySize(entity), 0);
    const actual = await transactionSize(entities);
    expect(guess).toBeGreaterThanOrEqual(actual);
    expect(guess).toBeLessThan(2 * actual);
  });

  it('D5: is never below what wearing a material together takes besides', async () => {
    const worn = { material: plain };
    const entities = Array.from({ length: COUNT }, (_, i) => ({
      name: 'Wearer',
      parent: i === 0 ? -1 : 0,
      components: { transform, mesh, ...worn },
    }));
    const without = await transactionSize(entities);
    const wearing = entities.map((entity) => ({ ...entity, wears: 0 }));
    const oak = { name: 'Oak', components: worn };
    const actual = (await transactionSize(wearing, [oak])) - without;
    const own = entitySize({ ...oak, parent: -1, components: { transform: {}, ...worn } });
    const guess = own + LINK_BYTES + COUNT * LINK_BYTES;
    expect(guess).toBeGreaterThanOrEqual(actual);
    expect(guess).toBeLessThan(2 * actual);
  });
});
