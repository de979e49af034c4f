import { compactLog, type RecallOptions } from '../../src/client/session/compact-log.ts';
import type {
  KnownLog,
  LastKnownStore,
  LogBase,
  LogTailRecord,
} from '../../src/client/session/last-known.ts';
import type { SessionStore, StoredPackets } from '../../src/client/session/session-options.ts';
import type { TrayItem, TrayStore } from '../../src/client/session/tray.ts';
import type { HighWater, SealedPacket } from '../../src/commands/outbox.ts';

/** What a page of a replica leaves behind: its packets without a verdict. */
export class MemoryOutboxStore implements SessionStore {
  readonly packets = new Map<number, SealedPacket>();
  used: HighWater | undefined;
  async load(): Promise<StoredPackets> {
    return { packets: [...this.packets.values()], used: this.used };
  }
  async put(packet: SealedPacket, used: HighWater): Promise<void> {
    this.packets.set(packet.nonce, packet);
    this.used = used;
  }
  async remove(nonce: number): Promise<void> {
    this.packets.delete(nonce);
  }
  async replaceAll(packets: readonly SealedPacket[], used: HighWater): Promise<void> {
    this.packets.clear();
    for (const packet of packets) this.packets.set(packet.nonce, packet);
    this.used = used;
  }
}

/** What a page of a replica leaves behind: its tray. */
export class MemoryTray implements TrayStore {
  readonly items = new Map<string, TrayItem>();
  async load(): Promise<TrayItem[]> {
    return [...this.items.values()];
  }
  async put(item: TrayItem): Promise<void> {
    this.items.set(item.id, item);
  }
  async remove(id: string): Promise<void> {
    this.items.delete(id);
  }
}

/** What a browser last knew of the session. */
export class MemoryLastKnown implements LastKnownStore {
  base: LogBase | undefined;
  records = new Map<number, LogTailRecord>();
  readonly #recall: RecallOptions;

  constructor(recall: RecallOptions) {
    this.#recall = recall;
  }

  async load(): Promise<KnownLog | undefined> {
    const { base } = this;
    if (base === undefined) return undefined;
    const records = await this.after(base.index, Number.POSITIVE_INFINITY);
    return { base, records };
  }
  async begin(base: LogBase): Promise<void> {
    this.base = base;
    for (const index of this.records.keys()) if (index > base.index) this.records.delete(index);
  }
  async append(records: readonly LogTailRecord[]): Promise<void> {
    for (const record of records) this.records.set(record.index, record);
  }
  async after(index: number, limit: number): Promise<LogTailRecord[]> {
    return [...this.records.values()]
      .filter((record) => record.index > index)
      .sort((a, b) => a.index - b.index)
      .slice(0, limit);
  }
  async forget(): Promise<void> {
    this.base = undefined;
    this.records.clear();
  }
  async compact(): Promise<void> {
    const known = await this.load();
    if (known) this.base = await compactLog(known, this.#recall);
  }
}
