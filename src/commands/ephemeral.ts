import { z } from 'zod';
import type { Document } from '../ecs/document/document.ts';
import { type EntityId, entityId } from '../ecs/document/entity-id.ts';
import type { EphemeralOp } from '../protocol/generated/types.ts';
import { SiteWriter } from '../replication/wire/site-codec.ts';
import type { Role } from '../shared/roles.ts';
import type { ScopeKind } from './definition.ts';
import { entityRef, toEntityId } from './params.ts';

/** A command that is shown to others and never stored: no log, no verdict, no undo. */
export interface EphemeralDefinition<Params = never> {
  readonly type: string;
  readonly version: number;
  readonly op: EphemeralOp['type'];
  readonly summary: string;
  readonly role: Role;
  readonly scope: ScopeKind;
  readonly strategy: 'lww';
  readonly durability: 'ephemeral';
  readonly params: z.ZodType<Params>;
  encode(document: Document, params: Params): EphemeralOp;
}

const MAX_HIGHLIGHTED = 1024;

const highlightParams = z.object({ entities: z.array(entityRef).max(MAX_HIGHLIGHTED) });
const toolParams = z.object({ tool: z.string().min(1).max(64) });

export const selectionHighlight: EphemeralDefinition<z.infer<typeof highlightParams>> = {
  type: 'selection.highlight',
  version: 1,
  op: 'SelectionHighlight1',
  summary: 'Shows others what one has selected.',
  role: 'viewer',
  scope: 'session',
  strategy: 'lww',
  durability: 'ephemeral',
  params: highlightParams,
  encode(document, { entities }) {
    const sites = new SiteWriter(document.sites);
    const ids = entities.map((ref) => sites.entity(toEntityId(document, ref)));
    return { type: 'SelectionHighlight1', value: { sites: sites.table(), entities: ids } };
  },
};

function toolCommand(
  verb: 'activate' | 'deactivate',
  op: 'ToolActivate1' | 'ToolDeactivate1',
): EphemeralDefinition<z.infer<typeof toolParams>> {
  return {
    type: `tool.${verb}`,
    version: 1,
    op,
    summary: `Shows others that one ${verb === 'activate' ? 'took up' : 'put down'} a tool.`,
    role: 'viewer',
    scope: 'session',
    strategy: 'lww',
    durability: 'ephemeral',
    params: toolParams,
    encode: (_document, { tool }) => ({ type: op, value: { tool } }),
  };
}

export const toolActivate = toolCommand('activate', 'ToolActivate1');
export const toolDeactivate = toolCommand('deactivate', 'ToolDeactivate1');

const followParams = z.object({ peer: z.int().min(0).max(0xffff_ffff) });

export const viewFollow: EphemeralDefinition<z.infer<typeof followParams>> = {
  type: 'view.follow',
  version: 1,
  op: 'ViewFollow1',
  summary: 'Shows others whose view one follows; peer 0 is nobody.',
  role: 'viewer',
  scope: 'session',
  strategy: 'lww',
  durability: 'ephemeral',
  params: followParams,
  encode: (_document, { peer }) => ({ type: 'ViewFollow1', value: { peer } }),
};

export const viewGather: EphemeralDefinition<Record<string, never>> = {
  type: 'view.gather',
  version: 1,
  op: 'ViewGather1',
  summary: 'Brings everybody to where one looks from.',
  role: 'admin',
  scope: 'session',
  strategy: 'lww',
  durability: 'ephemeral',
  params: z.object({}) as z.ZodType<Record<string, never>>,
  encode: () => ({ type: 'ViewGather1', value: {} }),
};

// biome-ignore lint/suspicious/noExplicitAny: each entry takes the parameters of the definition it names
export type AnyEphemeralDefinition = EphemeralDefinition<any>;

export const EPHEMERAL_COMMANDS: readonly AnyEphemeralDefinition[] = [
  selectionHighlight,
  toolActivate,
  toolDeactivate,
  viewFollow,
  viewGather,
];

export function ephemeralDefinition(type: string): AnyEphemeralDefinition | undefined {
  return EPHEMERAL_COMMANDS.find((definition) => definition.type === type);
}

/** S4: who may show such a command to others. */
export function ephemeralRole(op: EphemeralOp['type']): Role {
  return EPHEMERAL_COMMANDS.find((definition) => definition.op === op)?.role ?? 'admin';
}

/** S4: who may show others where he looks and what he drags. */
export const PRESENCE_ROLE: Role = 'viewer';

/** The ids of a relayed selection in this document; unknown ones are left out. */
export function readHighlight(
  document: Document,
  op: Extract<EphemeralOp, { type: 'SelectionHighlight1' }>,
): EntityId[] {
  const sites = (op.value.sites ?? []).map((site) =>
    document.sites.find(site.author, site.replica),
  );
  return (op.value.entities ?? []).flatMap(({ site, counter }) => {
    const local = sites[site];
    return local && counter !== 0 ? [entityId(local, counter)] : [];
  });
}
