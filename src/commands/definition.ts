import type { z } from 'zod';
import type { Document } from '../ecs/document/document.ts';
import type { EntityId } from '../ecs/document/entity-id.ts';
import type { Site } from '../ecs/document/sites.ts';
import type { Stamp } from '../ecs/document/stamps.ts';
import type { AssetKind, Ops } from '../protocol/generated/types.ts';
import type { SiteReader, SiteWriter } from '../replication/wire/site-codec.ts';
import type { Effect } from './effect.ts';
import type { RequiredRole } from './permissions.ts';

export type Strategy = 'lww' | 'merge' | 'reject';
/** What a command touches, for documentation and for whoever decides who must see it (R3). */
export type ScopeKind = 'session' | 'place' | 'field' | 'component';

/** What a command is made with: the document as its author sees it, and who he is. */
export interface ResolveContext {
  readonly document: Document;
  /** Whose entities `mint` names. */
  readonly site: Site;
  /** Ids of entities that this replica mints, consecutive and never the same twice. */
  mint(): EntityId;
}

/** A blob that an operation names, by its digest in hexadecimal, and what it must be. */
export interface BlobUse {
  readonly digest: string;
  readonly kind: keyof typeof AssetKind;
}

/** One way to say an operation in a packet: a member of the schema's `Ops` union. */
export type OpsType = Ops['type'];
export type ItemsOf<T extends OpsType> = Extract<Ops, { type: T }>['value'] extends {
  items: infer Items;
}
  ? Items
  : never;

/** How many operations a run holds. */
export function operationsIn({ value }: Ops): number {
  if (!('items' in value)) return value.count;
  return 'count' in value.items ? value.items.count : value.items.length;
}

/** How operations of a type stand in a packet. */
export interface OpCodec<Op> {
  encode(document: Document, ops: readonly Op[], sites: SiteWriter): Ops;
  /** One operation an item, in order; what cannot be read is thrown when its turn comes. */
  decode(document: Document, ops: Ops, sites: SiteReader): readonly (() => Op)[];
}

/**
 * A logged command type of one version. `apply` of a version that was ever released stays as it is:
 * old logs are replayed with it.
 *
 * @typeParam Params what scripts and tools give
 * @typeParam Op what is logged: ids minted, expectations filled in
 */
export interface CommandDefinition<Params = never, Op = never> {
  readonly type: string;
  readonly version: number;
  readonly ops: OpsType;
  readonly summary: string;
  readonly role: RequiredRole;
  readonly scope: ScopeKind;
  readonly strategy: Strategy;
  readonly durability: 'logged';
  /** False for what undo does not take back. */
  readonly undoable?: false;
  readonly params: z.ZodType<Params>;
  /** What the step is called in the history, e.g. `Rename`. */
  readonly label: string;
  /**
   * The operations that carry a command out, in their order, all of one transaction.
   * @throws {ThetaError} `invalid_params` with a sentence
   */
  resolve(params: Params, context: ResolveContext): { ops: readonly Op[]; result?: unknown };
  /**
   * Deterministic (O6). Where it refuses after a write, its caller rolls back.
   * @throws {Refusal}
   */
  apply(document: Document, op: Op, by: Stamp): Effect;
  /**
   * O4: the operation with what it expects of others filled in as the document is now, for one that
   * was refused and is tried again. Absent where nothing is expected.
   */
  renew?(document: Document, op: Op): Op;
  /** D5: the blobs that must be stored, and be what they are named as, before it is accepted. */
  blobs?(op: Op): readonly BlobUse[];
  readonly codec: OpCodec<Op>;
}

/** A definition whose types the registry no longer knows apart. */
// biome-ignore lint/suspicious/noExplicitAny: each entry carries operations of the definition it names
export type AnyCommandDefinition = CommandDefinition<any, any>;

type ItemOf<T extends OpsType> = ItemsOf<T> extends readonly (infer Item)[] ? Item : never;

/** A codec of a type whose items are objects. */
export function itemCodec<T extends OpsType, Op>(
  type: T,
  encode: (document: Document, op: Op, sites: SiteWriter) => ItemOf<T>,
  decode: (document: Document, item: ItemOf<T>, sites: SiteReader) => Op,
): OpCodec<Op> {
  return {
    encode: (document, ops, sites) =>
      ({ type, value: { items: ops.map((op) => encode(document, op, sites)) } }) as unknown as Ops,
    decode: (document, ops, sites) =>
      (ops.value as unknown as { items: readonly ItemOf<T>[] }).items.map(
        (item) => () => decode(document, item, sites),
      ),
  };
}
