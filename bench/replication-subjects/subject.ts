import type { Bytes } from '../../src/shared/bytes.ts';

/** An edit of the workload: somebody moves an entity to a position. */
export interface Move {
  /** Which entity, from 0. */
  readonly entity: number;
  readonly position: readonly [number, number, number];
}

/** Authors who edit at the same time, and one more replica that takes in what they send. */
export interface Subject {
  readonly label: string;
  /** What is not alike about it, for the report. */
  readonly note?: string;
  /** Edits that it is given of the workload: all, where nothing is said. */
  readonly edits?: number;
  /** Whether its packets carry a signature. */
  readonly signed: boolean;
  /** Applies a packet's edits at their author's and writes the packet. */
  send(author: number, moves: readonly Move[]): Promise<Bytes> | Bytes;
  /** What the receiving replica does with it. */
  receive(packet: Bytes): Promise<void> | void;
  /** The authors but this one take it in: not timed, so that all edit what all have made. */
  share(author: number, packet: Bytes): Promise<void> | void;
  /** What a late joiner is sent. */
  snapshot(): Bytes;
  /** A fresh replica from a snapshot; the position of the first entity in it. */
  load(snapshot: Bytes): readonly number[];
}
