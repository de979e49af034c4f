import type { TableName } from '../codec.ts';

/** Every table that is the root of some buffer on the wire or on disk. */
export const ROOTS: readonly TableName[] = [
  'ClientMessage',
  'ServerMessage',
  'WelcomeBody',
  'SnapshotHeader',
  'Packet',
  'PacketBody',
  'Entries',
  'Judgement',
  'JudgementBody',
  'Geometry',
  'Document',
  'Snapshot',
];
