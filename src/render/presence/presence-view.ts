import { Group, type PerspectiveCamera } from 'three';
import { PeerMarks, type PeerView } from './peer-marks.ts';

export type { PeerView } from './peer-marks.ts';

/** The other people in the scene: their cursors, their view frusta and their names. */
export class PresenceView {
  readonly root = new Group();
  readonly #peers = new Map<string, PeerMarks>();

  constructor() {
    this.root.name = 'people';
  }

  get count(): number {
    return this.#peers.size;
  }

  /** Shows these people and nobody else. */
  set(peers: readonly PeerView[]): void {
    const present = new Set(peers.map((each) => each.peer));
    for (const peer of [...this.#peers.keys()]) if (!present.has(peer)) this.#remove(peer);
    for (const peer of peers) this.#marksOf(peer).aim(peer);
  }

  /** Glides on by `seconds`; returns whether somebody still moves. */
  update(seconds: number, camera: PerspectiveCamera, height: number): boolean {
    let moving = false;
    for (const marks of this.#peers.values()) {
      if (marks.update(seconds, camera, height)) moving = true;
    }
    return moving;
  }

  dispose(): void {
    for (const peer of [...this.#peers.keys()]) this.#remove(peer);
    this.root.removeFromParent();
  }

  /** The marks of a person; new ones when the name or the colour changed. */
  #marksOf({ peer, name, color }: PeerView): PeerMarks {
    const current = this.#peers.get(peer);
    if (current !== undefined && current.name === name && current.color === color) return current;
    this.#remove(peer);
    const marks = new PeerMarks(name, color);
    this.#peers.set(peer, marks);
    this.root.add(marks.root);
    return marks;
  }

  #remove(peer: string): void {
    this.#peers.get(peer)?.dispose();
    this.#peers.delete(peer);
  }
}
