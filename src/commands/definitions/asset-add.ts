import { z } from 'zod';
import { Asset } from '../../ecs/components/index.ts';
import { type EntityId, siteOf } from '../../ecs/document/entity-id.ts';
import { NO_ENTITY } from '../../ecs/entity.ts';
import { AssetKind, Reason } from '../../protocol/generated/types.ts';
import { digestToBytes, digestToHex } from '../../replication/wire/component-codec.ts';
import type { ComponentPatch } from '../../replication/wire/component-patch.ts';
import { addComponent } from '../component-patch.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import { APPLIED } from '../effect.ts';
import { nameText } from '../params.ts';
import { refuse } from '../refusal.ts';

const KINDS = ['geometry', 'texture', 'source'] as const;

const params = z.object({
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 in hexadecimal'),
  kind: z.enum(KINDS),
  size: z.number().int().min(1).max(0xffffffff).describe('bytes'),
  name: nameText,
  mediaType: z.string().max(128),
});

export interface AssetAddOp {
  readonly entity: EntityId;
  readonly digest: string;
  readonly kind: AssetKind;
  readonly size: number;
  readonly name: string;
  readonly mediaType: string;
}

/** Assets stand in no order that people see. */
const ASSET_ORDER = 'a0';

export const assetAdd: CommandDefinition<z.infer<typeof params>, AssetAddOp> = {
  type: 'asset.add',
  version: 1,
  ops: 'AssetAdd1',
  summary: 'Makes an uploaded blob an asset of the document.',
  role: 'editor',
  scope: 'session',
  strategy: 'merge',
  durability: 'logged',
  params,
  label: 'Add asset',

  resolve({ kind, ...rest }, { document, mint }) {
    const entity = mint();
    return {
      ops: [{ entity, kind: AssetKind[kind], ...rest }],
      result: { asset: document.formatId(entity) },
    };
  },

  apply(document, op, by) {
    if (siteOf(op.entity) !== by.site) refuse(Reason.notOwn);
    if (document.entityOf(op.entity) !== undefined) refuse(Reason.entityExists);
    if (op.digest === '' || op.size === 0) refuse(Reason.invalidValue);
    const patch: ComponentPatch = {
      component: document.componentIndex(Asset.name) as number,
      fields: [
        { field: 0, value: op.digest },
        { field: 1, value: [op.kind] },
        { field: 2, value: [op.size] },
        { field: 3, value: op.name },
        { field: 4, value: op.mediaType },
      ],
    };
    const entity = document.create(op.entity, NO_ENTITY, ASSET_ORDER, by);
    addComponent(document, entity, patch, by);
    return APPLIED;
  },

  blobs: (op) => [{ digest: op.digest, kind: KINDS[op.kind] as (typeof KINDS)[number] }],

  codec: itemCodec<'AssetAdd1', AssetAddOp>(
    'AssetAdd1',
    (_document, op, sites) => ({
      ...op,
      entity: sites.entity(op.entity),
      digest: digestToBytes(op.digest),
    }),
    (_document, item, sites) => ({
      entity: sites.entity(item.entity),
      digest: digestToHex(item.digest),
      kind: item.kind,
      size: item.size,
      name: item.name,
      mediaType: item.mediaType,
    }),
  ),
};
