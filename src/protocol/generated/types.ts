// Generated from schema/*.fbs by scripts/generate-schema.ts. Do not edit.
import type { Bytes } from '../../shared/bytes.ts';
import type { StructVector } from '../struct-vector.ts';

/** SHA-256 of the layout: equal digests read each other. */
export const SCHEMA_DIGEST = 'ffbfa9b480ce90b7554bed5e37e63bccd7e6eda74352d9763fa9bf95838b7171';

export const AssetKind = {
  geometry: 0,
  texture: 1,
  source: 2,
} as const;
export type AssetKind = (typeof AssetKind)[keyof typeof AssetKind];

export const Ending = {
  none: 0,
  revoked: 1,
  removed: 2,
  banned: 3,
} as const;
export type Ending = (typeof Ending)[keyof typeof Ending];

export const Reason = {
  none: 0,
  role: 1,
  noSuchEntity: 2,
  entityExists: 3,
  scopeChanged: 4,
  cycle: 5,
  parentDeleted: 6,
  transaction: 7,
  unknownComponent: 8,
  invalidValue: 9,
  limit: 10,
  blobMissing: 11,
  blobInvalid: 12,
  notOwn: 13,
  changedSince: 14,
  clockAhead: 15,
  locked: 16,
  noSuchMember: 17,
  noSuchLink: 18,
  lastAdmin: 19,
} as const;
export type Reason = (typeof Reason)[keyof typeof Reason];

export const RevertDirection = {
  undo: 0,
  redo: 1,
} as const;
export type RevertDirection = (typeof RevertDirection)[keyof typeof RevertDirection];

export const Role = {
  viewer: 0,
  editor: 1,
  admin: 2,
} as const;
export type Role = (typeof Role)[keyof typeof Role];

export const TransformFields = {
  position: 1,
  rotation: 2,
  scale: 4,
} as const;
export type TransformFields = number;

export const Verdict = {
  accepted: 0,
  superseded: 1,
  refused: 2,
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

export type AuthorId = Bytes;

export interface ComponentId {
  readonly low: number;
  readonly high: number;
}

export type Digest = Bytes;

export interface EntityId {
  readonly site: number;
  readonly counter: number;
}

export interface EntryHead {
  readonly lamport: number;
  readonly transaction: number;
}

export interface EntryVerdict {
  readonly verdict: Verdict;
  readonly reason: Reason;
}

export interface HeadsetPose {
  readonly time: number;
  readonly scale: number;
  readonly hands: number;
  readonly head: SmallPose;
  readonly left: SmallPose;
  readonly right: SmallPose;
}

export interface OddStamp {
  readonly row: number;
  readonly slot: number;
  readonly stamp: number;
}

export interface PlaceExpectation {
  readonly entity: EntityId;
  readonly expect: Stamp;
}

export interface PlaceRestore {
  readonly entity: EntityId;
  readonly parent: EntityId;
  readonly expect: Stamp;
  readonly alive: boolean;
}

export interface PlaceRevert {
  readonly entity: EntityId;
  readonly parent: EntityId;
  readonly expect: Stamp;
  readonly stamp: Stamp;
  readonly alive: boolean;
}

export interface Pose {
  readonly position: Vec3;
  readonly rotation: Quat;
}

export interface PreviewItem {
  readonly entity: EntityId;
  readonly position: Vec3;
  readonly rotation: Quat;
  readonly scale: Vec3;
}

export type PublicKey = Bytes;

export interface Quat {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly w: number;
}

export interface ReplicaMark {
  readonly author: AuthorId;
  readonly replica: number;
  readonly nonce: number;
  readonly lamport: number;
}

export type SessionId = Bytes;

export type Signature = Bytes;

export interface Site {
  readonly author: AuthorId;
  readonly replica: number;
}

export interface SmallPose {
  readonly position: Vec3;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly w: number;
}

export interface Stamp {
  readonly lamport: number;
  readonly site: number;
}

export interface TransformRotateItem {
  readonly entity: EntityId;
  readonly rotation: Quat;
}

export interface TransformScaleItem {
  readonly entity: EntityId;
  readonly factor: Vec3;
}

export interface TransformSetItem {
  readonly entity: EntityId;
  readonly position: Vec3;
  readonly rotation: Quat;
  readonly scale: Vec3;
  readonly fields: TransformFields;
}

export interface TransformTranslateItem {
  readonly entity: EntityId;
  readonly offset: Vec3;
}

export interface Vec3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface Accepted {
  readonly judgement: Bytes;
  readonly packet: Bytes;
}

export interface AssetAdd1 {
  readonly items: readonly AssetAddItem[];
}

export interface AssetAddItem {
  readonly entity?: EntityId | undefined;
  readonly digest: Digest;
  readonly kind: AssetKind;
  readonly size: number;
  readonly name: string;
  readonly mediaType: string;
}

export interface CaughtUp {
  readonly seq: number;
}

export interface Challenge {
  readonly protocol: number;
  readonly sessionKey: PublicKey;
  readonly random: Digest;
}

export interface ClientMessage {
  readonly payload: ClientPayload;
}

export interface Column {
  readonly component: ComponentId;
  readonly rows?: Uint32Array<ArrayBuffer> | undefined;
  readonly absent?: Uint32Array<ArrayBuffer> | undefined;
  readonly sparse?: Bytes | undefined;
  readonly stamps?: Uint32Array<ArrayBuffer> | undefined;
  readonly odd?: StructVector<'OddStamp'> | undefined;
  readonly uniform?: Bytes | undefined;
  readonly floats?: Float32Array<ArrayBuffer> | undefined;
  readonly doubles?: Float64Array<ArrayBuffer> | undefined;
  readonly integers?: Int32Array<ArrayBuffer> | undefined;
  readonly texts?: readonly string[] | undefined;
  readonly digests?: Uint32Array<ArrayBuffer> | undefined;
  readonly entities?: StructVector<'EntityId'> | undefined;
}

export interface ComponentRevert {
  readonly entity?: EntityId | undefined;
  readonly value: ComponentValue;
  readonly presence: boolean;
  readonly present: boolean;
  readonly expects: readonly Stamp[];
  readonly stamps: readonly Stamp[];
}

export interface ComponentSet1 {
  readonly items: readonly ComponentSetItem[];
}

export interface ComponentSetItem {
  readonly entity?: EntityId | undefined;
  readonly value: ComponentValue;
  readonly remove: boolean;
}

export interface ComponentValue {
  readonly component: ComponentId;
  readonly fields: number;
  readonly floats?: Float32Array<ArrayBuffer> | undefined;
  readonly doubles?: Float64Array<ArrayBuffer> | undefined;
  readonly integers?: Int32Array<ArrayBuffer> | undefined;
  readonly texts?: readonly string[] | undefined;
  readonly digests?: readonly Digest[] | undefined;
  readonly entities?: readonly EntityId[] | undefined;
}

export interface Document {
  readonly sites: readonly Site[];
  readonly entities: StructVector<'EntityId'>;
  readonly stamps: StructVector<'Stamp'>;
  readonly digests?: readonly Digest[] | undefined;
  readonly columns: readonly Column[];
}

export interface Dropped {
  readonly nonce: number;
  readonly code: string;
  readonly message: string;
  readonly retryMs: number;
}

export interface EntityCreate1 {
  readonly items: readonly EntityCreateItem[];
}

export interface EntityCreateItem {
  readonly entity?: EntityId | undefined;
  readonly parent?: EntityId | undefined;
  readonly order: string;
  readonly components?: readonly ComponentValue[] | undefined;
}

export interface EntityDelete1 {
  readonly items: readonly EntityDeleteItem[];
}

export interface EntityDeleteItem {
  readonly places: readonly PlaceExpectation[];
}

export interface EntityDuplicate1 {
  readonly items: readonly EntityDuplicateItem[];
}

export interface EntityDuplicateItem {
  readonly sources: readonly EntityId[];
  readonly first: number;
  readonly parent?: EntityId | undefined;
  readonly order: string;
}

export interface EntityRename1 {
  readonly items: readonly EntityRenameItem[];
}

export interface EntityRenameItem {
  readonly entity?: EntityId | undefined;
  readonly name: string;
}

export interface EntityReorder1 {
  readonly items: readonly EntityReorderItem[];
}

export interface EntityReorderItem {
  readonly entity?: EntityId | undefined;
  readonly order: string;
}

export interface EntityReparent1 {
  readonly items: readonly EntityReparentItem[];
}

export interface EntityReparentItem {
  readonly entity?: EntityId | undefined;
  readonly parent?: EntityId | undefined;
  readonly order: string;
  readonly expect?: Stamp | undefined;
}

export interface Entries {
  readonly sites: readonly Site[];
  readonly heads: StructVector<'EntryHead'>;
  readonly runs: readonly Run[];
  readonly labels?: readonly string[] | undefined;
  readonly spans?: Bytes | undefined;
}

export interface Ephemeral {
  readonly id: number;
  readonly peer: number;
  readonly op: EphemeralOp;
}

export interface Expected {
  readonly nonce: number;
}

export interface Geometry {
  readonly submeshes: readonly Submesh[];
}

export interface GovernanceState {
  readonly locked: boolean;
  readonly members: readonly MemberState[];
  readonly links: readonly LinkState[];
}

export interface Hello {
  readonly protocolMin: number;
  readonly protocolMax: number;
  readonly schema: Digest;
  readonly vocabulary: number;
  readonly capabilities?: readonly string[] | undefined;
  readonly session: SessionId;
  readonly author: PublicKey;
  readonly replica: number;
  readonly token?: string | undefined;
  readonly name?: string | undefined;
  readonly color: number;
  readonly resumeEpoch: number;
  readonly resumeSeq: number;
  readonly resumeIndex: number;
  readonly resumeHead?: Digest | undefined;
  readonly software?: string | undefined;
  readonly components: number;
}

export interface HistoryRestore1 {
  readonly items: readonly HistoryRestoreItem[];
}

export interface HistoryRestoreItem {
  readonly seq: number;
  readonly places?: readonly PlaceRestore[] | undefined;
  readonly orders?: readonly EntityReorderItem[] | undefined;
  readonly components?: readonly ComponentSetItem[] | undefined;
}

export interface HistoryRevert1 {
  readonly items: readonly HistoryRevertItem[];
}

export interface HistoryRevertItem {
  readonly direction: RevertDirection;
  readonly target?: Stamp | undefined;
  readonly places?: readonly PlaceRevert[] | undefined;
  readonly components?: readonly ComponentRevert[] | undefined;
}

export interface Inflates {
  readonly dictionary: number;
}

export interface Judged {
  readonly judgement: Bytes;
}

export interface Judgement {
  readonly body: Bytes;
  readonly signature: Signature;
}

export interface JudgementBody {
  readonly session: SessionId;
  readonly epoch: number;
  readonly index: number;
  readonly author: PublicKey;
  readonly replica: number;
  readonly nonce: number;
  readonly packet: Digest;
  readonly firstSeq: number;
  readonly verdicts: readonly EntryVerdict[];
  readonly head: Digest;
  readonly time: number;
}

export interface Leave {
  readonly reason?: string | undefined;
}

export interface LinkCreate1 {
  readonly items: readonly LinkCreateItem[];
}

export interface LinkCreateItem {
  readonly link: string;
  readonly role: Role;
  readonly token: Digest;
  readonly label: string;
  readonly expires: number;
}

export interface LinkRevoke1 {
  readonly items: readonly LinkRevokeItem[];
}

export interface LinkRevokeItem {
  readonly link: string;
}

export interface LinkState {
  readonly id: string;
  readonly role: Role;
  readonly token: Digest;
  readonly label: string;
  readonly expires: number;
  readonly revoked: boolean;
}

export interface LogPage {
  readonly records: readonly Accepted[];
}

export interface MaterialSet1 {
  readonly items: readonly ComponentSetItem[];
}

export interface MemberAdmit1 {
  readonly items: readonly MemberAdmitItem[];
}

export interface MemberAdmitItem {
  readonly key: PublicKey;
  readonly role: Role;
  readonly link: string;
  readonly name: string;
}

export interface MemberBan1 {
  readonly items: readonly MemberRemoveItem[];
}

export interface MemberRemove1 {
  readonly items: readonly MemberRemoveItem[];
}

export interface MemberRemoveItem {
  readonly key: PublicKey;
  readonly link: string;
  readonly token: Digest;
}

export interface MemberState {
  readonly key: PublicKey;
  readonly role: Role;
  readonly ending: Ending;
  readonly assigned: boolean;
  readonly link?: string | undefined;
  readonly name: string;
}

export interface MemberUnban1 {
  readonly items: readonly MemberUnbanItem[];
}

export interface MemberUnbanItem {
  readonly key: PublicKey;
}

export interface Packet {
  readonly body: Bytes;
  readonly signature: Signature;
}

export interface PacketBody {
  readonly protocol: number;
  readonly session: SessionId;
  readonly author: PublicKey;
  readonly replica: number;
  readonly nonce: number;
  readonly lamport: number;
  readonly entries?: Bytes | undefined;
  readonly blob?: Digest | undefined;
  readonly blobSize: number;
}

export interface PastSnapshot {
  readonly signature: Signature;
  readonly header: Bytes;
  readonly bytes: Bytes;
}

export interface PeerInfo {
  readonly peer: number;
  readonly author: PublicKey;
  readonly replica: number;
  readonly name?: string | undefined;
  readonly color: number;
  readonly role: Role;
  readonly transport?: string | undefined;
}

export interface PeerJoined {
  readonly info: PeerInfo;
}

export interface PeerLeft {
  readonly peer: number;
}

export interface Ping {
  readonly id: number;
}

export interface Pong {
  readonly id: number;
}

export interface Presence {
  readonly peer: number;
  readonly tick: number;
  readonly view?: Pose | undefined;
  readonly fov: number;
  readonly cursor?: Vec3 | undefined;
  readonly sites?: readonly Site[] | undefined;
  readonly preview?: readonly PreviewItem[] | undefined;
  readonly headset?: HeadsetPose | undefined;
}

export interface Presences {
  readonly messages: Bytes;
}

export interface Proof {
  readonly signature: Signature;
}

export interface Refused {
  readonly code: string;
  readonly message: string;
}

export interface Relayed {
  readonly id: number;
  readonly ok: boolean;
  readonly reason?: string | undefined;
}

export interface RoleChanged {
  readonly role: Role;
}

export interface RoleSet1 {
  readonly items: readonly RoleSetItem[];
}

export interface RoleSetItem {
  readonly key: PublicKey;
  readonly role: Role;
}

export interface Run {
  readonly ops: Ops;
}

export interface SelectionHighlight1 {
  readonly sites?: readonly Site[] | undefined;
  readonly entities?: readonly EntityId[] | undefined;
}

export interface ServerMessage {
  readonly payload: ServerPayload;
}

export interface SessionLock1 {
  readonly items: readonly SessionLockItem[];
}

export interface SessionLockItem {
  readonly locked: boolean;
}

export interface Snapshot {
  readonly document: Bytes;
  readonly lamport: number;
  readonly marks?: readonly ReplicaMark[] | undefined;
  readonly governance?: GovernanceState | undefined;
}

export interface SnapshotBegin {
  readonly signature: Signature;
  readonly body: Bytes;
}

export interface SnapshotChunk {
  readonly offset: number;
  readonly bytes: Bytes;
}

export interface SnapshotHeader {
  readonly session: SessionId;
  readonly epoch: number;
  readonly seq: number;
  readonly index: number;
  readonly head: Digest;
  readonly worldHash: Digest;
  readonly compressedSize: number;
  readonly size: number;
  readonly compressed: Digest;
  readonly plain: boolean;
}

export interface Submesh {
  readonly name?: string | undefined;
  readonly positions: Float32Array<ArrayBuffer>;
  readonly normals?: Float32Array<ArrayBuffer> | undefined;
  readonly tangents?: Float32Array<ArrayBuffer> | undefined;
  readonly uvs?: Float32Array<ArrayBuffer> | undefined;
  readonly colors?: Float32Array<ArrayBuffer> | undefined;
  readonly indices?: Uint32Array<ArrayBuffer> | undefined;
}

export interface Submit {
  readonly packet: Bytes;
}

export interface ToolActivate1 {
  readonly tool: string;
}

export interface ToolDeactivate1 {
  readonly tool: string;
}

export interface TransformRotate1 {
  readonly items: StructVector<'TransformRotateItem'>;
}

export interface TransformRotate2 {
  readonly count: number;
  readonly packed: Bytes;
}

export interface TransformScale1 {
  readonly items: StructVector<'TransformScaleItem'>;
}

export interface TransformScale2 {
  readonly count: number;
  readonly packed: Bytes;
}

export interface TransformSet1 {
  readonly items: StructVector<'TransformSetItem'>;
}

export interface TransformSet2 {
  readonly count: number;
  readonly packed: Bytes;
}

export interface TransformTranslate1 {
  readonly items: StructVector<'TransformTranslateItem'>;
}

export interface TransformTranslate2 {
  readonly count: number;
  readonly packed: Bytes;
}

export interface VersionName1 {
  readonly items: readonly VersionNameItem[];
}

export interface VersionNameItem {
  readonly seq: number;
  readonly name: string;
}

export interface ViewFollow1 {
  readonly peer: number;
}

export type ViewGather1 = Readonly<Record<never, never>>;

export interface Welcome {
  readonly signature: Signature;
  readonly body: Bytes;
}

export interface WelcomeBody {
  readonly session: SessionId;
  readonly epoch: number;
  readonly peer: number;
  readonly role: Role;
  readonly seq: number;
  readonly index: number;
  readonly head: Digest;
  readonly nextNonce: number;
  readonly lamport: number;
  readonly snapshot: boolean;
  readonly uploadToken: string;
  readonly capabilities?: readonly string[] | undefined;
  readonly protocol: number;
}

export type ClientPayload =
  | { readonly type: 'Hello'; readonly value: Hello }
  | { readonly type: 'Proof'; readonly value: Proof }
  | { readonly type: 'Submit'; readonly value: Submit }
  | { readonly type: 'Ephemeral'; readonly value: Ephemeral }
  | { readonly type: 'Presence'; readonly value: Presence }
  | { readonly type: 'Ping'; readonly value: Ping }
  | { readonly type: 'Pong'; readonly value: Pong }
  | { readonly type: 'Leave'; readonly value: Leave }
  | { readonly type: 'Inflates'; readonly value: Inflates };

export type EphemeralOp =
  | { readonly type: 'SelectionHighlight1'; readonly value: SelectionHighlight1 }
  | { readonly type: 'ToolActivate1'; readonly value: ToolActivate1 }
  | { readonly type: 'ToolDeactivate1'; readonly value: ToolDeactivate1 }
  | { readonly type: 'ViewFollow1'; readonly value: ViewFollow1 }
  | { readonly type: 'ViewGather1'; readonly value: ViewGather1 };

export type Ops =
  | { readonly type: 'EntityCreate1'; readonly value: EntityCreate1 }
  | { readonly type: 'EntityDelete1'; readonly value: EntityDelete1 }
  | { readonly type: 'EntityDuplicate1'; readonly value: EntityDuplicate1 }
  | { readonly type: 'EntityRename1'; readonly value: EntityRename1 }
  | { readonly type: 'EntityReparent1'; readonly value: EntityReparent1 }
  | { readonly type: 'EntityReorder1'; readonly value: EntityReorder1 }
  | { readonly type: 'TransformSet1'; readonly value: TransformSet1 }
  | { readonly type: 'TransformTranslate1'; readonly value: TransformTranslate1 }
  | { readonly type: 'TransformRotate1'; readonly value: TransformRotate1 }
  | { readonly type: 'TransformScale1'; readonly value: TransformScale1 }
  | { readonly type: 'ComponentSet1'; readonly value: ComponentSet1 }
  | { readonly type: 'MaterialSet1'; readonly value: MaterialSet1 }
  | { readonly type: 'AssetAdd1'; readonly value: AssetAdd1 }
  | { readonly type: 'HistoryRevert1'; readonly value: HistoryRevert1 }
  | { readonly type: 'MemberAdmit1'; readonly value: MemberAdmit1 }
  | { readonly type: 'RoleSet1'; readonly value: RoleSet1 }
  | { readonly type: 'MemberRemove1'; readonly value: MemberRemove1 }
  | { readonly type: 'MemberBan1'; readonly value: MemberBan1 }
  | { readonly type: 'MemberUnban1'; readonly value: MemberUnban1 }
  | { readonly type: 'LinkCreate1'; readonly value: LinkCreate1 }
  | { readonly type: 'LinkRevoke1'; readonly value: LinkRevoke1 }
  | { readonly type: 'SessionLock1'; readonly value: SessionLock1 }
  | { readonly type: 'HistoryRestore1'; readonly value: HistoryRestore1 }
  | { readonly type: 'VersionName1'; readonly value: VersionName1 }
  | { readonly type: 'TransformSet2'; readonly value: TransformSet2 }
  | { readonly type: 'TransformTranslate2'; readonly value: TransformTranslate2 }
  | { readonly type: 'TransformRotate2'; readonly value: TransformRotate2 }
  | { readonly type: 'TransformScale2'; readonly value: TransformScale2 };

export type ServerPayload =
  | { readonly type: 'Challenge'; readonly value: Challenge }
  | { readonly type: 'Welcome'; readonly value: Welcome }
  | { readonly type: 'Refused'; readonly value: Refused }
  | { readonly type: 'Judged'; readonly value: Judged }
  | { readonly type: 'Accepted'; readonly value: Accepted }
  | { readonly type: 'Expected'; readonly value: Expected }
  | { readonly type: 'Dropped'; readonly value: Dropped }
  | { readonly type: 'CaughtUp'; readonly value: CaughtUp }
  | { readonly type: 'SnapshotBegin'; readonly value: SnapshotBegin }
  | { readonly type: 'SnapshotChunk'; readonly value: SnapshotChunk }
  | { readonly type: 'PeerJoined'; readonly value: PeerJoined }
  | { readonly type: 'PeerLeft'; readonly value: PeerLeft }
  | { readonly type: 'RoleChanged'; readonly value: RoleChanged }
  | { readonly type: 'Ephemeral'; readonly value: Ephemeral }
  | { readonly type: 'Relayed'; readonly value: Relayed }
  | { readonly type: 'Presence'; readonly value: Presence }
  | { readonly type: 'Ping'; readonly value: Ping }
  | { readonly type: 'Pong'; readonly value: Pong }
  | { readonly type: 'Presences'; readonly value: Presences };

export interface Structs {
  AuthorId: AuthorId;
  ComponentId: ComponentId;
  Digest: Digest;
  EntityId: EntityId;
  EntryHead: EntryHead;
  EntryVerdict: EntryVerdict;
  HeadsetPose: HeadsetPose;
  OddStamp: OddStamp;
  PlaceExpectation: PlaceExpectation;
  PlaceRestore: PlaceRestore;
  PlaceRevert: PlaceRevert;
  Pose: Pose;
  PreviewItem: PreviewItem;
  PublicKey: PublicKey;
  Quat: Quat;
  ReplicaMark: ReplicaMark;
  SessionId: SessionId;
  Signature: Signature;
  Site: Site;
  SmallPose: SmallPose;
  Stamp: Stamp;
  TransformRotateItem: TransformRotateItem;
  TransformScaleItem: TransformScaleItem;
  TransformSetItem: TransformSetItem;
  TransformTranslateItem: TransformTranslateItem;
  Vec3: Vec3;
}

export interface Tables {
  Accepted: Accepted;
  AssetAdd1: AssetAdd1;
  AssetAddItem: AssetAddItem;
  CaughtUp: CaughtUp;
  Challenge: Challenge;
  ClientMessage: ClientMessage;
  Column: Column;
  ComponentRevert: ComponentRevert;
  ComponentSet1: ComponentSet1;
  ComponentSetItem: ComponentSetItem;
  ComponentValue: ComponentValue;
  Document: Document;
  Dropped: Dropped;
  EntityCreate1: EntityCreate1;
  EntityCreateItem: EntityCreateItem;
  EntityDelete1: EntityDelete1;
  EntityDeleteItem: EntityDeleteItem;
  EntityDuplicate1: EntityDuplicate1;
  EntityDuplicateItem: EntityDuplicateItem;
  EntityRename1: EntityRename1;
  EntityRenameItem: EntityRenameItem;
  EntityReorder1: EntityReorder1;
  EntityReorderItem: EntityReorderItem;
  EntityReparent1: EntityReparent1;
  EntityReparentItem: EntityReparentItem;
  Entries: Entries;
  Ephemeral: Ephemeral;
  Expected: Expected;
  Geometry: Geometry;
  GovernanceState: GovernanceState;
  Hello: Hello;
  HistoryRestore1: HistoryRestore1;
  HistoryRestoreItem: HistoryRestoreItem;
  HistoryRevert1: HistoryRevert1;
  HistoryRevertItem: HistoryRevertItem;
  Inflates: Inflates;
  Judged: Judged;
  Judgement: Judgement;
  JudgementBody: JudgementBody;
  Leave: Leave;
  LinkCreate1: LinkCreate1;
  LinkCreateItem: LinkCreateItem;
  LinkRevoke1: LinkRevoke1;
  LinkRevokeItem: LinkRevokeItem;
  LinkState: LinkState;
  LogPage: LogPage;
  MaterialSet1: MaterialSet1;
  MemberAdmit1: MemberAdmit1;
  MemberAdmitItem: MemberAdmitItem;
  MemberBan1: MemberBan1;
  MemberRemove1: MemberRemove1;
  MemberRemoveItem: MemberRemoveItem;
  MemberState: MemberState;
  MemberUnban1: MemberUnban1;
  MemberUnbanItem: MemberUnbanItem;
  Packet: Packet;
  PacketBody: PacketBody;
  PastSnapshot: PastSnapshot;
  PeerInfo: PeerInfo;
  PeerJoined: PeerJoined;
  PeerLeft: PeerLeft;
  Ping: Ping;
  Pong: Pong;
  Presence: Presence;
  Presences: Presences;
  Proof: Proof;
  Refused: Refused;
  Relayed: Relayed;
  RoleChanged: RoleChanged;
  RoleSet1: RoleSet1;
  RoleSetItem: RoleSetItem;
  Run: Run;
  SelectionHighlight1: SelectionHighlight1;
  ServerMessage: ServerMessage;
  SessionLock1: SessionLock1;
  SessionLockItem: SessionLockItem;
  Snapshot: Snapshot;
  SnapshotBegin: SnapshotBegin;
  SnapshotChunk: SnapshotChunk;
  SnapshotHeader: SnapshotHeader;
  Submesh: Submesh;
  Submit: Submit;
  ToolActivate1: ToolActivate1;
  ToolDeactivate1: ToolDeactivate1;
  TransformRotate1: TransformRotate1;
  TransformRotate2: TransformRotate2;
  TransformScale1: TransformScale1;
  TransformScale2: TransformScale2;
  TransformSet1: TransformSet1;
  TransformSet2: TransformSet2;
  TransformTranslate1: TransformTranslate1;
  TransformTranslate2: TransformTranslate2;
  VersionName1: VersionName1;
  VersionNameItem: VersionNameItem;
  ViewFollow1: ViewFollow1;
  ViewGather1: ViewGather1;
  Welcome: Welcome;
  WelcomeBody: WelcomeBody;
}

export interface Unions {
  ClientPayload: ClientPayload;
  EphemeralOp: EphemeralOp;
  Ops: Ops;
  ServerPayload: ServerPayload;
}
