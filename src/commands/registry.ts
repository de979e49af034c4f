import { z } from 'zod';
import { ThetaError } from '../shared/errors.ts';
import type { AnyCommandDefinition, OpsType } from './definition.ts';
import { assetAdd } from './definitions/asset-add.ts';
import { componentSet } from './definitions/component-set.ts';
import { entityCreate } from './definitions/entity-create.ts';
import { entityDelete } from './definitions/entity-delete.ts';
import { entityDuplicate } from './definitions/entity-duplicate.ts';
import { entityRename } from './definitions/entity-rename.ts';
import { entityReorder } from './definitions/entity-reorder.ts';
import { entityReparent } from './definitions/entity-reparent.ts';
import { historyRestore } from './definitions/history-restore.ts';
import { historyRevert } from './definitions/history-revert.ts';
import { linkCreate } from './definitions/link-create.ts';
import { linkRevoke } from './definitions/link-revoke.ts';
import { materialSet } from './definitions/material-set.ts';
import { memberAdmit } from './definitions/member-admit.ts';
import { memberBan, memberRemove } from './definitions/member-remove.ts';
import { memberUnban } from './definitions/member-unban.ts';
import { roleSet } from './definitions/role-set.ts';
import { sessionLock } from './definitions/session-lock.ts';
import { transformRotate, transformRotate2 } from './definitions/transform-rotate.ts';
import { transformScale, transformScale2 } from './definitions/transform-scale.ts';
import { transformSet, transformSet2 } from './definitions/transform-set.ts';
import { transformTranslate, transformTranslate2 } from './definitions/transform-translate.ts';
import { versionName } from './definitions/version-name.ts';
import { EPHEMERAL_COMMANDS } from './ephemeral.ts';

/**
 * Every version of every logged command type, in the order of the schema's `Ops` union. It only ever
 * grows: logs are replayed with the version that they were written with.
 */
export const LOGGED_COMMANDS: readonly AnyCommandDefinition[] = [
  entityCreate,
  entityDelete,
  entityDuplicate,
  entityRename,
  entityReparent,
  entityReorder,
  transformSet,
  transformTranslate,
  transformRotate,
  transformScale,
  componentSet,
  materialSet,
  assetAdd,
  historyRevert,
  memberAdmit,
  roleSet,
  memberRemove,
  memberBan,
  memberUnban,
  linkCreate,
  linkRevoke,
  sessionLock,
  historyRestore,
  versionName,
  transformSet2,
  transformTranslate2,
  transformRotate2,
  transformScale2,
];

/** T3: how many members of `Ops` this build knows; peers agree when it is the same. */
export const VOCABULARY = LOGGED_COMMANDS.length;

const byOps = new Map<OpsType, AnyCommandDefinition>();
const newest = new Map<string, AnyCommandDefinition>();
for (const definition of LOGGED_COMMANDS) {
  byOps.set(definition.ops, definition);
  const known = newest.get(definition.type);
  if (known === undefined || known.version < definition.version) {
    newest.set(definition.type, definition);
  }
}

/** The definition that a member of `Ops` stands for. */
export function definitionOf(ops: OpsType): AnyCommandDefinition {
  const definition = byOps.get(ops);
  if (definition === undefined) throw new RangeError(`${ops} has no definition.`);
  return definition;
}

/** The newest version of a type, or undefined for one that nobody registered. */
export function newestDefinition(type: string): AnyCommandDefinition | undefined {
  return newest.get(type);
}

/**
 * The parameters of a command, checked.
 * @throws {ThetaError} `invalid_params` with a sentence
 */
export function parseParams(
  definition: { type: string; params: z.ZodType },
  params: unknown,
): unknown {
  const parsed = definition.params.safeParse(params);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  const where = path === '' ? '' : ` at "${path}"`;
  throw new ThetaError('invalid_params', `${definition.type}${where}: ${issue?.message}.`);
}

/** A command as scripts and documentation list it. */
export interface CommandListing {
  readonly type: string;
  readonly version: number;
  readonly summary: string;
  /** JSON Schema of the parameters. */
  readonly params: unknown;
  readonly role: string;
  readonly scope: string;
  readonly strategy: string;
  readonly durability: string;
}

/** Commands that are made of what somebody holds, and have no parameters. */
const MADE_OF_STATE: ReadonlySet<AnyCommandDefinition> = new Set([
  historyRevert,
  historyRestore,
  memberAdmit,
]);

/** Every command that can be executed by name, in its newest version. */
export function listCommands(): CommandListing[] {
  const logged = [...newest.values()].filter((definition) => !MADE_OF_STATE.has(definition));
  return [...logged, ...EPHEMERAL_COMMANDS].map((definition) => ({
    type: definition.type,
    version: definition.version,
    summary: definition.summary,
    params: z.toJSONSchema(definition.params),
    role: definition.role,
    scope: definition.scope,
    strategy: definition.strategy,
    durability: definition.durability,
  }));
}
