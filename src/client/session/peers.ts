import { readHighlight } from '../../commands/ephemeral.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { EntityId } from '../../ecs/document/entity-id.ts';
import type { Ephemeral, PeerInfo } from '../../protocol/generated/types.ts';
import { toHex } from '../../shared/bytes.ts';
import { ROLES, type Role } from '../../shared/roles.ts';

/** Somebody else in the session, as he shows himself. */
export interface RemotePeer {
  readonly peer: number;
  /** The public key, 64 hexadecimal digits. */
  readonly author: string;
  readonly replica: number;
  readonly name: string;
  /** 0xrrggbb */
  readonly color: number;
  readonly role: Role;
  readonly transport: string;
  readonly selection: readonly EntityId[];
  readonly tool: string | undefined;
  /** The peer whose view he follows; 0 for nobody. */
  readonly follows: number;
}

/** The other peers of the session. */
export class Peers {
  readonly #peers = new Map<number, RemotePeer>();
  #awaited = new Set<number>();
  readonly #roleOf: (author: string) => Role | undefined;
  onChange: () => void = () => undefined;
  /** Somebody who may asks everybody to come. */
  onGather: (peer: number) => void = () => undefined;

  /** @param roleOf what an author may do by now; a peer was introduced with what he might then */
  constructor(roleOf: (author: string) => Role | undefined) {
    this.#roleOf = roleOf;
  }

  get all(): readonly RemotePeer[] {
    return [...this.#peers.values()].map((peer) => ({
      ...peer,
      role: this.#roleOf(peer.author) ?? peer.role,
    }));
  }

  /** A link begins: who is not introduced on it until `settle` has left meanwhile. */
  begin(): void {
    this.#awaited = new Set(this.#peers.keys());
  }

  /** Everybody who is here has been introduced. */
  settle(): void {
    const gone = [...this.#awaited].filter((peer) => this.#peers.delete(peer));
    this.#awaited.clear();
    if (gone.length > 0) this.onChange();
  }

  /** Somebody is here; one who was before shows what he showed. */
  joined({ peer, author, replica, name = '', color, role, transport = '' }: PeerInfo): void {
    this.#awaited.delete(peer);
    const before = this.#peers.get(peer);
    const known = before?.author === toHex(author) && before.replica === replica;
    this.#peers.set(peer, {
      peer,
      author: toHex(author),
      replica,
      name,
      color,
      role: ROLES[role] ?? 'viewer',
      transport,
      selection: known ? before.selection : [],
      tool: known ? before.tool : undefined,
      follows: known ? before.follows : 0,
    });
    this.onChange();
  }

  left(peer: number): void {
    if (this.#peers.delete(peer)) this.onChange();
  }

  shown(document: Document, { peer, op }: Ephemeral): void {
    const known = this.#peers.get(peer);
    if (known === undefined) return;
    if (op.type === 'SelectionHighlight1') {
      this.#peers.set(peer, { ...known, selection: readHighlight(document, op) });
    } else if (op.type === 'ViewFollow1') {
      this.#peers.set(peer, { ...known, follows: op.value.peer });
    } else if (op.type === 'ViewGather1') {
      this.onGather(peer);
    } else {
      const tool = op.type === 'ToolActivate1' ? op.value.tool : undefined;
      this.#peers.set(peer, { ...known, tool });
    }
    this.onChange();
  }

  clear(): void {
    if (this.#peers.size === 0) return;
    this.#peers.clear();
    this.onChange();
  }
}
