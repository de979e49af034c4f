import { readHighlight } from '../../commands/ephemeral.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { EntityId } from '../../ecs/document/entity-id.ts';
import { type Ephemeral, type PeerInfo, Role } from '../../protocol/generated/types.ts';
import { toHex } from '../../shared/bytes.ts';

export type RoleName = keyof typeof Role;

/** Somebody else in the session, as he shows himself. */
export interface RemotePeer {
  readonly peer: number;
  /** The public key, 64 hexadecimal digits. */
  readonly author: string;
  readonly replica: number;
  readonly name: string;
  /** 0xrrggbb */
  readonly color: number;
  readonly role: RoleName;
  readonly transport: string;
  readonly selection: readonly EntityId[];
  readonly tool: string | undefined;
}

export function roleName(role: Role): RoleName {
  return role === Role.admin ? 'admin' : role === Role.editor ? 'editor' : 'viewer';
}

/** The other peers of the session. */
export class Peers {
  readonly #peers = new Map<number, RemotePeer>();
  onChange: () => void = () => undefined;

  get all(): readonly RemotePeer[] {
    return [...this.#peers.values()];
  }

  joined({ peer, author, replica, name = '', color, role, transport = '' }: PeerInfo): void {
    this.#peers.set(peer, {
      peer,
      author: toHex(author),
      replica,
      name,
      color,
      role: roleName(role),
      transport,
      selection: [],
      tool: undefined,
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
