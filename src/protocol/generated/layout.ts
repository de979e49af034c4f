// Generated from schema/*.fbs by scripts/generate-schema.ts. Do not edit.
import type { Layout } from '../layout.ts';

export const LAYOUT: Layout = {
  tables: {
    Accepted: { fields: [
      {"kind":"vector","name":"judgement","slot":0,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
      {"kind":"vector","name":"packet","slot":1,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    AssetAdd1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"AssetAddItem"},
    ] },
    AssetAddItem: { fields: [
      {"kind":"struct","name":"entity","slot":0,"type":"EntityId","required":false},
      {"kind":"struct","name":"digest","slot":1,"type":"Digest","required":true},
      {"kind":"scalar","name":"kind","slot":2,"type":"ubyte","enum":"AssetKind","default":0},
      {"kind":"scalar","name":"size","slot":3,"type":"uint","default":0},
      {"kind":"string","name":"name","slot":4,"type":"string","required":true},
      {"kind":"string","name":"mediaType","slot":5,"type":"string","required":true},
    ] },
    CaughtUp: { fields: [
      {"kind":"scalar","name":"seq","slot":0,"type":"ulong","default":0},
    ] },
    Challenge: { fields: [
      {"kind":"scalar","name":"protocol","slot":0,"type":"ushort","default":0},
      {"kind":"struct","name":"sessionKey","slot":1,"type":"PublicKey","required":true},
      {"kind":"struct","name":"random","slot":2,"type":"Digest","required":true},
    ] },
    ClientMessage: { fields: [
      {"kind":"union","name":"payload","slot":1,"type":"ClientPayload","required":true},
    ] },
    Column: { fields: [
      {"kind":"struct","name":"component","slot":0,"type":"ComponentId","required":true},
      {"kind":"vector","name":"rows","slot":1,"required":false,"hot":false,"element":"scalar","type":"uint"},
      {"kind":"vector","name":"absent","slot":2,"required":false,"hot":false,"element":"scalar","type":"uint"},
      {"kind":"vector","name":"sparse","slot":3,"required":false,"hot":false,"element":"scalar","type":"ubyte"},
      {"kind":"vector","name":"stamps","slot":4,"required":false,"hot":false,"element":"scalar","type":"uint"},
      {"kind":"vector","name":"odd","slot":5,"required":false,"hot":true,"element":"struct","type":"OddStamp"},
      {"kind":"vector","name":"uniform","slot":6,"required":false,"hot":false,"element":"scalar","type":"ubyte"},
      {"kind":"vector","name":"floats","slot":7,"required":false,"hot":false,"element":"scalar","type":"float"},
      {"kind":"vector","name":"doubles","slot":8,"required":false,"hot":false,"element":"scalar","type":"double"},
      {"kind":"vector","name":"integers","slot":9,"required":false,"hot":false,"element":"scalar","type":"int"},
      {"kind":"vector","name":"texts","slot":10,"required":false,"hot":false,"element":"string","type":"string"},
      {"kind":"vector","name":"digests","slot":11,"required":false,"hot":false,"element":"scalar","type":"uint"},
      {"kind":"vector","name":"entities","slot":12,"required":false,"hot":true,"element":"struct","type":"EntityId"},
    ] },
    ComponentRevert: { fields: [
      {"kind":"struct","name":"entity","slot":0,"type":"EntityId","required":false},
      {"kind":"table","name":"value","slot":1,"type":"ComponentValue","required":true},
      {"kind":"scalar","name":"presence","slot":2,"type":"bool","default":0},
      {"kind":"scalar","name":"present","slot":3,"type":"bool","default":0},
      {"kind":"vector","name":"expects","slot":4,"required":true,"hot":false,"element":"struct","type":"Stamp"},
      {"kind":"vector","name":"stamps","slot":5,"required":true,"hot":false,"element":"struct","type":"Stamp"},
    ] },
    ComponentSet1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"ComponentSetItem"},
    ] },
    ComponentSetItem: { fields: [
      {"kind":"struct","name":"entity","slot":0,"type":"EntityId","required":false},
      {"kind":"table","name":"value","slot":1,"type":"ComponentValue","required":true},
      {"kind":"scalar","name":"remove","slot":2,"type":"bool","default":0},
    ] },
    ComponentValue: { fields: [
      {"kind":"struct","name":"component","slot":0,"type":"ComponentId","required":true},
      {"kind":"scalar","name":"fields","slot":1,"type":"uint","default":0},
      {"kind":"vector","name":"floats","slot":2,"required":false,"hot":false,"element":"scalar","type":"float"},
      {"kind":"vector","name":"doubles","slot":3,"required":false,"hot":false,"element":"scalar","type":"double"},
      {"kind":"vector","name":"integers","slot":4,"required":false,"hot":false,"element":"scalar","type":"int"},
      {"kind":"vector","name":"texts","slot":5,"required":false,"hot":false,"element":"string","type":"string"},
      {"kind":"vector","name":"digests","slot":6,"required":false,"hot":false,"element":"struct","type":"Digest"},
      {"kind":"vector","name":"entities","slot":7,"required":false,"hot":false,"element":"struct","type":"EntityId"},
    ] },
    Document: { fields: [
      {"kind":"vector","name":"sites","slot":0,"required":true,"hot":false,"element":"struct","type":"Site"},
      {"kind":"vector","name":"entities","slot":1,"required":true,"hot":true,"element":"struct","type":"EntityId"},
      {"kind":"vector","name":"stamps","slot":2,"required":true,"hot":true,"element":"struct","type":"Stamp"},
      {"kind":"vector","name":"digests","slot":3,"required":false,"hot":false,"element":"struct","type":"Digest"},
      {"kind":"vector","name":"columns","slot":4,"required":true,"hot":false,"element":"table","type":"Column"},
    ] },
    Dropped: { fields: [
      {"kind":"scalar","name":"nonce","slot":0,"type":"ulong","default":0},
      {"kind":"string","name":"code","slot":1,"type":"string","required":true},
      {"kind":"string","name":"message","slot":2,"type":"string","required":true},
      {"kind":"scalar","name":"retryMs","slot":3,"type":"uint","default":0},
    ] },
    EntityCreate1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"EntityCreateItem"},
    ] },
    EntityCreateItem: { fields: [
      {"kind":"struct","name":"entity","slot":0,"type":"EntityId","required":false},
      {"kind":"struct","name":"parent","slot":1,"type":"EntityId","required":false},
      {"kind":"string","name":"order","slot":2,"type":"string","required":true},
      {"kind":"vector","name":"components","slot":3,"required":false,"hot":false,"element":"table","type":"ComponentValue"},
    ] },
    EntityDelete1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"EntityDeleteItem"},
    ] },
    EntityDeleteItem: { fields: [
      {"kind":"vector","name":"places","slot":0,"required":true,"hot":false,"element":"struct","type":"PlaceExpectation"},
    ] },
    EntityDuplicate1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"EntityDuplicateItem"},
    ] },
    EntityDuplicateItem: { fields: [
      {"kind":"vector","name":"sources","slot":0,"required":true,"hot":false,"element":"struct","type":"EntityId"},
      {"kind":"scalar","name":"first","slot":1,"type":"uint","default":0},
      {"kind":"struct","name":"parent","slot":2,"type":"EntityId","required":false},
      {"kind":"string","name":"order","slot":3,"type":"string","required":true},
    ] },
    EntityRename1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"EntityRenameItem"},
    ] },
    EntityRenameItem: { fields: [
      {"kind":"struct","name":"entity","slot":0,"type":"EntityId","required":false},
      {"kind":"string","name":"name","slot":1,"type":"string","required":true},
    ] },
    EntityReorder1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"EntityReorderItem"},
    ] },
    EntityReorderItem: { fields: [
      {"kind":"struct","name":"entity","slot":0,"type":"EntityId","required":false},
      {"kind":"string","name":"order","slot":1,"type":"string","required":true},
    ] },
    EntityReparent1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"EntityReparentItem"},
    ] },
    EntityReparentItem: { fields: [
      {"kind":"struct","name":"entity","slot":0,"type":"EntityId","required":false},
      {"kind":"struct","name":"parent","slot":1,"type":"EntityId","required":false},
      {"kind":"string","name":"order","slot":2,"type":"string","required":true},
      {"kind":"struct","name":"expect","slot":3,"type":"Stamp","required":false},
    ] },
    Entries: { fields: [
      {"kind":"vector","name":"sites","slot":0,"required":true,"hot":false,"element":"struct","type":"Site"},
      {"kind":"vector","name":"heads","slot":1,"required":true,"hot":true,"element":"struct","type":"EntryHead"},
      {"kind":"vector","name":"runs","slot":2,"required":true,"hot":false,"element":"table","type":"Run"},
      {"kind":"vector","name":"labels","slot":3,"required":false,"hot":false,"element":"string","type":"string"},
      {"kind":"vector","name":"spans","slot":4,"required":false,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    Ephemeral: { fields: [
      {"kind":"scalar","name":"id","slot":0,"type":"uint","default":0},
      {"kind":"scalar","name":"peer","slot":1,"type":"uint","default":0},
      {"kind":"union","name":"op","slot":3,"type":"EphemeralOp","required":true},
    ] },
    Expected: { fields: [
      {"kind":"scalar","name":"nonce","slot":0,"type":"ulong","default":0},
    ] },
    Geometry: { fields: [
      {"kind":"vector","name":"submeshes","slot":0,"required":true,"hot":false,"element":"table","type":"Submesh"},
    ] },
    GovernanceState: { fields: [
      {"kind":"scalar","name":"locked","slot":0,"type":"bool","default":0},
      {"kind":"vector","name":"members","slot":1,"required":true,"hot":false,"element":"table","type":"MemberState"},
      {"kind":"vector","name":"links","slot":2,"required":true,"hot":false,"element":"table","type":"LinkState"},
    ] },
    Hello: { fields: [
      {"kind":"scalar","name":"protocolMin","slot":0,"type":"ushort","default":0},
      {"kind":"scalar","name":"protocolMax","slot":1,"type":"ushort","default":0},
      {"kind":"struct","name":"schema","slot":2,"type":"Digest","required":true},
      {"kind":"scalar","name":"vocabulary","slot":3,"type":"ushort","default":0},
      {"kind":"vector","name":"capabilities","slot":4,"required":false,"hot":false,"element":"string","type":"string"},
      {"kind":"struct","name":"session","slot":5,"type":"SessionId","required":true},
      {"kind":"struct","name":"author","slot":6,"type":"PublicKey","required":true},
      {"kind":"scalar","name":"replica","slot":7,"type":"uint","default":0},
      {"kind":"string","name":"token","slot":8,"type":"string","required":false},
      {"kind":"string","name":"name","slot":9,"type":"string","required":false},
      {"kind":"scalar","name":"color","slot":10,"type":"uint","default":0},
      {"kind":"scalar","name":"resumeEpoch","slot":11,"type":"ulong","default":0},
      {"kind":"scalar","name":"resumeSeq","slot":12,"type":"ulong","default":0},
      {"kind":"scalar","name":"resumeIndex","slot":13,"type":"ulong","default":0},
      {"kind":"struct","name":"resumeHead","slot":14,"type":"Digest","required":false},
      {"kind":"string","name":"software","slot":15,"type":"string","required":false},
      {"kind":"scalar","name":"components","slot":16,"type":"ushort","default":0},
    ] },
    HistoryRestore1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"HistoryRestoreItem"},
    ] },
    HistoryRestoreItem: { fields: [
      {"kind":"scalar","name":"seq","slot":0,"type":"ulong","default":0},
      {"kind":"vector","name":"places","slot":1,"required":false,"hot":false,"element":"struct","type":"PlaceRestore"},
      {"kind":"vector","name":"orders","slot":2,"required":false,"hot":false,"element":"table","type":"EntityReorderItem"},
      {"kind":"vector","name":"components","slot":3,"required":false,"hot":false,"element":"table","type":"ComponentSetItem"},
    ] },
    HistoryRevert1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"HistoryRevertItem"},
    ] },
    HistoryRevertItem: { fields: [
      {"kind":"scalar","name":"direction","slot":0,"type":"ubyte","enum":"RevertDirection","default":0},
      {"kind":"struct","name":"target","slot":1,"type":"Stamp","required":false},
      {"kind":"vector","name":"places","slot":2,"required":false,"hot":false,"element":"struct","type":"PlaceRevert"},
      {"kind":"vector","name":"components","slot":3,"required":false,"hot":false,"element":"table","type":"ComponentRevert"},
    ] },
    Inflates: { fields: [
      {"kind":"scalar","name":"dictionary","slot":0,"type":"ushort","default":0},
    ] },
    Judged: { fields: [
      {"kind":"vector","name":"judgement","slot":0,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    Judgement: { fields: [
      {"kind":"vector","name":"body","slot":0,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
      {"kind":"struct","name":"signature","slot":1,"type":"Signature","required":true},
    ] },
    JudgementBody: { fields: [
      {"kind":"struct","name":"session","slot":0,"type":"SessionId","required":true},
      {"kind":"scalar","name":"epoch","slot":1,"type":"ulong","default":0},
      {"kind":"scalar","name":"index","slot":2,"type":"ulong","default":0},
      {"kind":"struct","name":"author","slot":3,"type":"PublicKey","required":true},
      {"kind":"scalar","name":"replica","slot":4,"type":"uint","default":0},
      {"kind":"scalar","name":"nonce","slot":5,"type":"ulong","default":0},
      {"kind":"struct","name":"packet","slot":6,"type":"Digest","required":true},
      {"kind":"scalar","name":"firstSeq","slot":7,"type":"ulong","default":0},
      {"kind":"vector","name":"verdicts","slot":8,"required":true,"hot":false,"element":"struct","type":"EntryVerdict"},
      {"kind":"struct","name":"head","slot":9,"type":"Digest","required":true},
      {"kind":"scalar","name":"time","slot":10,"type":"ulong","default":0},
    ] },
    Leave: { fields: [
      {"kind":"string","name":"reason","slot":0,"type":"string","required":false},
    ] },
    LinkCreate1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"LinkCreateItem"},
    ] },
    LinkCreateItem: { fields: [
      {"kind":"string","name":"link","slot":0,"type":"string","required":true},
      {"kind":"scalar","name":"role","slot":1,"type":"ubyte","enum":"Role","default":0},
      {"kind":"struct","name":"token","slot":2,"type":"Digest","required":true},
      {"kind":"string","name":"label","slot":3,"type":"string","required":true},
      {"kind":"scalar","name":"expires","slot":4,"type":"ulong","default":0},
    ] },
    LinkRevoke1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"LinkRevokeItem"},
    ] },
    LinkRevokeItem: { fields: [
      {"kind":"string","name":"link","slot":0,"type":"string","required":true},
    ] },
    LinkState: { fields: [
      {"kind":"string","name":"id","slot":0,"type":"string","required":true},
      {"kind":"scalar","name":"role","slot":1,"type":"ubyte","enum":"Role","default":0},
      {"kind":"struct","name":"token","slot":2,"type":"Digest","required":true},
      {"kind":"string","name":"label","slot":3,"type":"string","required":true},
      {"kind":"scalar","name":"expires","slot":4,"type":"ulong","default":0},
      {"kind":"scalar","name":"revoked","slot":5,"type":"bool","default":0},
    ] },
    LogPage: { fields: [
      {"kind":"vector","name":"records","slot":0,"required":true,"hot":false,"element":"table","type":"Accepted"},
    ] },
    MaterialSet1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"ComponentSetItem"},
    ] },
    MemberAdmit1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"MemberAdmitItem"},
    ] },
    MemberAdmitItem: { fields: [
      {"kind":"struct","name":"key","slot":0,"type":"PublicKey","required":true},
      {"kind":"scalar","name":"role","slot":1,"type":"ubyte","enum":"Role","default":0},
      {"kind":"string","name":"link","slot":2,"type":"string","required":true},
      {"kind":"string","name":"name","slot":3,"type":"string","required":true},
    ] },
    MemberBan1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"MemberRemoveItem"},
    ] },
    MemberRemove1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"MemberRemoveItem"},
    ] },
    MemberRemoveItem: { fields: [
      {"kind":"struct","name":"key","slot":0,"type":"PublicKey","required":true},
      {"kind":"string","name":"link","slot":1,"type":"string","required":true},
      {"kind":"struct","name":"token","slot":2,"type":"Digest","required":true},
    ] },
    MemberState: { fields: [
      {"kind":"struct","name":"key","slot":0,"type":"PublicKey","required":true},
      {"kind":"scalar","name":"role","slot":1,"type":"ubyte","enum":"Role","default":0},
      {"kind":"scalar","name":"ending","slot":2,"type":"ubyte","enum":"Ending","default":0},
      {"kind":"scalar","name":"assigned","slot":3,"type":"bool","default":0},
      {"kind":"string","name":"link","slot":4,"type":"string","required":false},
      {"kind":"string","name":"name","slot":5,"type":"string","required":true},
    ] },
    MemberUnban1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"MemberUnbanItem"},
    ] },
    MemberUnbanItem: { fields: [
      {"kind":"struct","name":"key","slot":0,"type":"PublicKey","required":true},
    ] },
    Packet: { fields: [
      {"kind":"vector","name":"body","slot":0,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
      {"kind":"struct","name":"signature","slot":1,"type":"Signature","required":true},
    ] },
    PacketBody: { fields: [
      {"kind":"scalar","name":"protocol","slot":0,"type":"ushort","default":0},
      {"kind":"struct","name":"session","slot":1,"type":"SessionId","required":true},
      {"kind":"struct","name":"author","slot":2,"type":"PublicKey","required":true},
      {"kind":"scalar","name":"replica","slot":3,"type":"uint","default":0},
      {"kind":"scalar","name":"nonce","slot":4,"type":"ulong","default":0},
      {"kind":"scalar","name":"lamport","slot":5,"type":"ulong","default":0},
      {"kind":"vector","name":"entries","slot":6,"required":false,"hot":false,"element":"scalar","type":"ubyte"},
      {"kind":"struct","name":"blob","slot":7,"type":"Digest","required":false},
      {"kind":"scalar","name":"blobSize","slot":8,"type":"uint","default":0},
    ] },
    PastSnapshot: { fields: [
      {"kind":"struct","name":"signature","slot":0,"type":"Signature","required":true},
      {"kind":"vector","name":"header","slot":1,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
      {"kind":"vector","name":"bytes","slot":2,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    PeerInfo: { fields: [
      {"kind":"scalar","name":"peer","slot":0,"type":"uint","default":0},
      {"kind":"struct","name":"author","slot":1,"type":"PublicKey","required":true},
      {"kind":"scalar","name":"replica","slot":2,"type":"uint","default":0},
      {"kind":"string","name":"name","slot":3,"type":"string","required":false},
      {"kind":"scalar","name":"color","slot":4,"type":"uint","default":0},
      {"kind":"scalar","name":"role","slot":5,"type":"ubyte","enum":"Role","default":0},
      {"kind":"string","name":"transport","slot":6,"type":"string","required":false},
    ] },
    PeerJoined: { fields: [
      {"kind":"table","name":"info","slot":0,"type":"PeerInfo","required":true},
    ] },
    PeerLeft: { fields: [
      {"kind":"scalar","name":"peer","slot":0,"type":"uint","default":0},
    ] },
    Ping: { fields: [
      {"kind":"scalar","name":"id","slot":0,"type":"uint","default":0},
    ] },
    Pong: { fields: [
      {"kind":"scalar","name":"id","slot":0,"type":"uint","default":0},
    ] },
    Presence: { fields: [
      {"kind":"scalar","name":"peer","slot":0,"type":"uint","default":0},
      {"kind":"scalar","name":"tick","slot":1,"type":"uint","default":0},
      {"kind":"struct","name":"view","slot":2,"type":"Pose","required":false},
      {"kind":"scalar","name":"fov","slot":3,"type":"float","default":0},
      {"kind":"struct","name":"cursor","slot":4,"type":"Vec3","required":false},
      {"kind":"vector","name":"sites","slot":5,"required":false,"hot":false,"element":"struct","type":"Site"},
      {"kind":"vector","name":"preview","slot":6,"required":false,"hot":false,"element":"struct","type":"PreviewItem"},
      {"kind":"struct","name":"headset","slot":7,"type":"HeadsetPose","required":false},
    ] },
    Presences: { fields: [
      {"kind":"vector","name":"messages","slot":0,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    Proof: { fields: [
      {"kind":"struct","name":"signature","slot":0,"type":"Signature","required":true},
    ] },
    Refused: { fields: [
      {"kind":"string","name":"code","slot":0,"type":"string","required":true},
      {"kind":"string","name":"message","slot":1,"type":"string","required":true},
    ] },
    Relayed: { fields: [
      {"kind":"scalar","name":"id","slot":0,"type":"uint","default":0},
      {"kind":"scalar","name":"ok","slot":1,"type":"bool","default":0},
      {"kind":"string","name":"reason","slot":2,"type":"string","required":false},
    ] },
    RoleChanged: { fields: [
      {"kind":"scalar","name":"role","slot":0,"type":"ubyte","enum":"Role","default":0},
    ] },
    RoleSet1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"RoleSetItem"},
    ] },
    RoleSetItem: { fields: [
      {"kind":"struct","name":"key","slot":0,"type":"PublicKey","required":true},
      {"kind":"scalar","name":"role","slot":1,"type":"ubyte","enum":"Role","default":0},
    ] },
    Run: { fields: [
      {"kind":"union","name":"ops","slot":1,"type":"Ops","required":true},
    ] },
    SelectionHighlight1: { fields: [
      {"kind":"vector","name":"sites","slot":0,"required":false,"hot":false,"element":"struct","type":"Site"},
      {"kind":"vector","name":"entities","slot":1,"required":false,"hot":false,"element":"struct","type":"EntityId"},
    ] },
    ServerMessage: { fields: [
      {"kind":"union","name":"payload","slot":1,"type":"ServerPayload","required":true},
    ] },
    SessionLock1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"SessionLockItem"},
    ] },
    SessionLockItem: { fields: [
      {"kind":"scalar","name":"locked","slot":0,"type":"bool","default":0},
    ] },
    Snapshot: { fields: [
      {"kind":"vector","name":"document","slot":0,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
      {"kind":"scalar","name":"lamport","slot":1,"type":"ulong","default":0},
      {"kind":"vector","name":"marks","slot":2,"required":false,"hot":false,"element":"struct","type":"ReplicaMark"},
      {"kind":"table","name":"governance","slot":3,"type":"GovernanceState","required":false},
    ] },
    SnapshotBegin: { fields: [
      {"kind":"struct","name":"signature","slot":0,"type":"Signature","required":true},
      {"kind":"vector","name":"body","slot":1,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    SnapshotChunk: { fields: [
      {"kind":"scalar","name":"offset","slot":0,"type":"uint","default":0},
      {"kind":"vector","name":"bytes","slot":1,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    SnapshotHeader: { fields: [
      {"kind":"struct","name":"session","slot":0,"type":"SessionId","required":true},
      {"kind":"scalar","name":"epoch","slot":1,"type":"ulong","default":0},
      {"kind":"scalar","name":"seq","slot":2,"type":"ulong","default":0},
      {"kind":"scalar","name":"index","slot":3,"type":"ulong","default":0},
      {"kind":"struct","name":"head","slot":4,"type":"Digest","required":true},
      {"kind":"struct","name":"worldHash","slot":5,"type":"Digest","required":true},
      {"kind":"scalar","name":"compressedSize","slot":6,"type":"uint","default":0},
      {"kind":"scalar","name":"size","slot":7,"type":"uint","default":0},
      {"kind":"struct","name":"compressed","slot":8,"type":"Digest","required":true},
      {"kind":"scalar","name":"plain","slot":9,"type":"bool","default":0},
    ] },
    Submesh: { fields: [
      {"kind":"string","name":"name","slot":0,"type":"string","required":false},
      {"kind":"vector","name":"positions","slot":1,"required":true,"hot":false,"element":"scalar","type":"float"},
      {"kind":"vector","name":"normals","slot":2,"required":false,"hot":false,"element":"scalar","type":"float"},
      {"kind":"vector","name":"tangents","slot":3,"required":false,"hot":false,"element":"scalar","type":"float"},
      {"kind":"vector","name":"uvs","slot":4,"required":false,"hot":false,"element":"scalar","type":"float"},
      {"kind":"vector","name":"colors","slot":5,"required":false,"hot":false,"element":"scalar","type":"float"},
      {"kind":"vector","name":"indices","slot":6,"required":false,"hot":false,"element":"scalar","type":"uint"},
    ] },
    Submit: { fields: [
      {"kind":"vector","name":"packet","slot":0,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    ToolActivate1: { fields: [
      {"kind":"string","name":"tool","slot":0,"type":"string","required":true},
    ] },
    ToolDeactivate1: { fields: [
      {"kind":"string","name":"tool","slot":0,"type":"string","required":true},
    ] },
    TransformRotate1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":true,"element":"struct","type":"TransformRotateItem"},
    ] },
    TransformRotate2: { fields: [
      {"kind":"scalar","name":"count","slot":0,"type":"ushort","default":0},
      {"kind":"vector","name":"packed","slot":1,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    TransformScale1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":true,"element":"struct","type":"TransformScaleItem"},
    ] },
    TransformScale2: { fields: [
      {"kind":"scalar","name":"count","slot":0,"type":"ushort","default":0},
      {"kind":"vector","name":"packed","slot":1,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    TransformSet1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":true,"element":"struct","type":"TransformSetItem"},
    ] },
    TransformSet2: { fields: [
      {"kind":"scalar","name":"count","slot":0,"type":"ushort","default":0},
      {"kind":"vector","name":"packed","slot":1,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    TransformTranslate1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":true,"element":"struct","type":"TransformTranslateItem"},
    ] },
    TransformTranslate2: { fields: [
      {"kind":"scalar","name":"count","slot":0,"type":"ushort","default":0},
      {"kind":"vector","name":"packed","slot":1,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    VersionName1: { fields: [
      {"kind":"vector","name":"items","slot":0,"required":true,"hot":false,"element":"table","type":"VersionNameItem"},
    ] },
    VersionNameItem: { fields: [
      {"kind":"scalar","name":"seq","slot":0,"type":"ulong","default":0},
      {"kind":"string","name":"name","slot":1,"type":"string","required":true},
    ] },
    ViewFollow1: { fields: [
      {"kind":"scalar","name":"peer","slot":0,"type":"uint","default":0},
    ] },
    ViewGather1: { fields: [
    ] },
    Welcome: { fields: [
      {"kind":"struct","name":"signature","slot":0,"type":"Signature","required":true},
      {"kind":"vector","name":"body","slot":1,"required":true,"hot":false,"element":"scalar","type":"ubyte"},
    ] },
    WelcomeBody: { fields: [
      {"kind":"struct","name":"session","slot":0,"type":"SessionId","required":true},
      {"kind":"scalar","name":"epoch","slot":1,"type":"ulong","default":0},
      {"kind":"scalar","name":"peer","slot":2,"type":"uint","default":0},
      {"kind":"scalar","name":"role","slot":3,"type":"ubyte","enum":"Role","default":0},
      {"kind":"scalar","name":"seq","slot":4,"type":"ulong","default":0},
      {"kind":"scalar","name":"index","slot":5,"type":"ulong","default":0},
      {"kind":"struct","name":"head","slot":6,"type":"Digest","required":true},
      {"kind":"scalar","name":"nextNonce","slot":7,"type":"ulong","default":0},
      {"kind":"scalar","name":"lamport","slot":8,"type":"ulong","default":0},
      {"kind":"scalar","name":"snapshot","slot":9,"type":"bool","default":0},
      {"kind":"string","name":"uploadToken","slot":10,"type":"string","required":true},
      {"kind":"vector","name":"capabilities","slot":11,"required":false,"hot":false,"element":"string","type":"string"},
      {"kind":"scalar","name":"protocol","slot":12,"type":"ushort","default":0},
    ] },
  },
  structs: {
    AuthorId: { size: 8, align: 1, fields: [
      {"kind":"bytes","name":"bytes","offset":0,"length":8},
    ] },
    ComponentId: { size: 8, align: 4, fields: [
      {"kind":"scalar","name":"low","offset":0,"type":"uint"},
      {"kind":"scalar","name":"high","offset":4,"type":"uint"},
    ] },
    Digest: { size: 32, align: 1, fields: [
      {"kind":"bytes","name":"bytes","offset":0,"length":32},
    ] },
    EntityId: { size: 8, align: 4, fields: [
      {"kind":"scalar","name":"site","offset":0,"type":"uint"},
      {"kind":"scalar","name":"counter","offset":4,"type":"uint"},
    ] },
    EntryHead: { size: 4, align: 2, fields: [
      {"kind":"scalar","name":"lamport","offset":0,"type":"ushort"},
      {"kind":"scalar","name":"transaction","offset":2,"type":"ushort"},
    ] },
    EntryVerdict: { size: 2, align: 1, fields: [
      {"kind":"scalar","name":"verdict","offset":0,"type":"ubyte","enum":"Verdict"},
      {"kind":"scalar","name":"reason","offset":1,"type":"ubyte","enum":"Reason"},
    ] },
    HeadsetPose: { size: 72, align: 4, fields: [
      {"kind":"scalar","name":"time","offset":0,"type":"uint"},
      {"kind":"scalar","name":"scale","offset":4,"type":"float"},
      {"kind":"scalar","name":"hands","offset":8,"type":"uint"},
      {"kind":"struct","name":"head","offset":12,"type":"SmallPose"},
      {"kind":"struct","name":"left","offset":32,"type":"SmallPose"},
      {"kind":"struct","name":"right","offset":52,"type":"SmallPose"},
    ] },
    OddStamp: { size: 12, align: 4, fields: [
      {"kind":"scalar","name":"row","offset":0,"type":"uint"},
      {"kind":"scalar","name":"slot","offset":4,"type":"uint"},
      {"kind":"scalar","name":"stamp","offset":8,"type":"uint"},
    ] },
    PlaceExpectation: { size: 24, align: 8, fields: [
      {"kind":"struct","name":"entity","offset":0,"type":"EntityId"},
      {"kind":"struct","name":"expect","offset":8,"type":"Stamp"},
    ] },
    PlaceRestore: { size: 40, align: 8, fields: [
      {"kind":"struct","name":"entity","offset":0,"type":"EntityId"},
      {"kind":"struct","name":"parent","offset":8,"type":"EntityId"},
      {"kind":"struct","name":"expect","offset":16,"type":"Stamp"},
      {"kind":"scalar","name":"alive","offset":32,"type":"bool"},
    ] },
    PlaceRevert: { size: 56, align: 8, fields: [
      {"kind":"struct","name":"entity","offset":0,"type":"EntityId"},
      {"kind":"struct","name":"parent","offset":8,"type":"EntityId"},
      {"kind":"struct","name":"expect","offset":16,"type":"Stamp"},
      {"kind":"struct","name":"stamp","offset":32,"type":"Stamp"},
      {"kind":"scalar","name":"alive","offset":48,"type":"bool"},
    ] },
    Pose: { size: 28, align: 4, fields: [
      {"kind":"struct","name":"position","offset":0,"type":"Vec3"},
      {"kind":"struct","name":"rotation","offset":12,"type":"Quat"},
    ] },
    PreviewItem: { size: 48, align: 4, fields: [
      {"kind":"struct","name":"entity","offset":0,"type":"EntityId"},
      {"kind":"struct","name":"position","offset":8,"type":"Vec3"},
      {"kind":"struct","name":"rotation","offset":20,"type":"Quat"},
      {"kind":"struct","name":"scale","offset":36,"type":"Vec3"},
    ] },
    PublicKey: { size: 32, align: 1, fields: [
      {"kind":"bytes","name":"bytes","offset":0,"length":32},
    ] },
    Quat: { size: 16, align: 4, fields: [
      {"kind":"scalar","name":"x","offset":0,"type":"float"},
      {"kind":"scalar","name":"y","offset":4,"type":"float"},
      {"kind":"scalar","name":"z","offset":8,"type":"float"},
      {"kind":"scalar","name":"w","offset":12,"type":"float"},
    ] },
    ReplicaMark: { size: 32, align: 8, fields: [
      {"kind":"struct","name":"author","offset":0,"type":"AuthorId"},
      {"kind":"scalar","name":"replica","offset":8,"type":"uint"},
      {"kind":"scalar","name":"nonce","offset":16,"type":"ulong"},
      {"kind":"scalar","name":"lamport","offset":24,"type":"ulong"},
    ] },
    SessionId: { size: 16, align: 1, fields: [
      {"kind":"bytes","name":"bytes","offset":0,"length":16},
    ] },
    Signature: { size: 64, align: 1, fields: [
      {"kind":"bytes","name":"bytes","offset":0,"length":64},
    ] },
    Site: { size: 12, align: 4, fields: [
      {"kind":"struct","name":"author","offset":0,"type":"AuthorId"},
      {"kind":"scalar","name":"replica","offset":8,"type":"uint"},
    ] },
    SmallPose: { size: 20, align: 4, fields: [
      {"kind":"struct","name":"position","offset":0,"type":"Vec3"},
      {"kind":"scalar","name":"x","offset":12,"type":"short"},
      {"kind":"scalar","name":"y","offset":14,"type":"short"},
      {"kind":"scalar","name":"z","offset":16,"type":"short"},
      {"kind":"scalar","name":"w","offset":18,"type":"short"},
    ] },
    Stamp: { size: 16, align: 8, fields: [
      {"kind":"scalar","name":"lamport","offset":0,"type":"ulong"},
      {"kind":"scalar","name":"site","offset":8,"type":"uint"},
    ] },
    TransformRotateItem: { size: 24, align: 4, fields: [
      {"kind":"struct","name":"entity","offset":0,"type":"EntityId"},
      {"kind":"struct","name":"rotation","offset":8,"type":"Quat"},
    ] },
    TransformScaleItem: { size: 20, align: 4, fields: [
      {"kind":"struct","name":"entity","offset":0,"type":"EntityId"},
      {"kind":"struct","name":"factor","offset":8,"type":"Vec3"},
    ] },
    TransformSetItem: { size: 52, align: 4, fields: [
      {"kind":"struct","name":"entity","offset":0,"type":"EntityId"},
      {"kind":"struct","name":"position","offset":8,"type":"Vec3"},
      {"kind":"struct","name":"rotation","offset":20,"type":"Quat"},
      {"kind":"struct","name":"scale","offset":36,"type":"Vec3"},
      {"kind":"scalar","name":"fields","offset":48,"type":"ubyte","enum":"TransformFields"},
    ] },
    TransformTranslateItem: { size: 20, align: 4, fields: [
      {"kind":"struct","name":"entity","offset":0,"type":"EntityId"},
      {"kind":"struct","name":"offset","offset":8,"type":"Vec3"},
    ] },
    Vec3: { size: 12, align: 4, fields: [
      {"kind":"scalar","name":"x","offset":0,"type":"float"},
      {"kind":"scalar","name":"y","offset":4,"type":"float"},
      {"kind":"scalar","name":"z","offset":8,"type":"float"},
    ] },
  },
  enums: {
    AssetKind: {"flags":false,"values":{"geometry":0,"texture":1,"source":2}},
    Ending: {"flags":false,"values":{"none":0,"revoked":1,"removed":2,"banned":3}},
    Reason: {"flags":false,"values":{"none":0,"role":1,"noSuchEntity":2,"entityExists":3,"scopeChanged":4,"cycle":5,"parentDeleted":6,"transaction":7,"unknownComponent":8,"invalidValue":9,"limit":10,"blobMissing":11,"blobInvalid":12,"notOwn":13,"changedSince":14,"clockAhead":15,"locked":16,"noSuchMember":17,"noSuchLink":18,"lastAdmin":19}},
    RevertDirection: {"flags":false,"values":{"undo":0,"redo":1}},
    Role: {"flags":false,"values":{"viewer":0,"editor":1,"admin":2}},
    TransformFields: {"flags":true,"values":{"position":1,"rotation":2,"scale":4}},
    Verdict: {"flags":false,"values":{"accepted":0,"superseded":1,"refused":2}},
  },
  unions: {
    ClientPayload: {"members":["Hello","Proof","Submit","Ephemeral","Presence","Ping","Pong","Leave","Inflates"]},
    EphemeralOp: {"members":["SelectionHighlight1","ToolActivate1","ToolDeactivate1","ViewFollow1","ViewGather1"]},
    Ops: {"members":["EntityCreate1","EntityDelete1","EntityDuplicate1","EntityRename1","EntityReparent1","EntityReorder1","TransformSet1","TransformTranslate1","TransformRotate1","TransformScale1","ComponentSet1","MaterialSet1","AssetAdd1","HistoryRevert1","MemberAdmit1","RoleSet1","MemberRemove1","MemberBan1","MemberUnban1","LinkCreate1","LinkRevoke1","SessionLock1","HistoryRestore1","VersionName1","TransformSet2","TransformTranslate2","TransformRotate2","TransformScale2"]},
    ServerPayload: {"members":["Challenge","Welcome","Refused","Judged","Accepted","Expected","Dropped","CaughtUp","SnapshotBegin","SnapshotChunk","PeerJoined","PeerLeft","RoleChanged","Ephemeral","Relayed","Presence","Ping","Pong","Presences"]},
  },
};
