import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { PacketStore } from './packet-store.ts';

const SESSION = 'a-session';
const USED = { nextNonce: 8, lamport: 40, counter: 3 };

function packet(nonce: number) {
  return { nonce, bytes: Uint8Array.of(nonce) };
}

async function openStore(replica = 0): Promise<PacketStore> {
  return new PacketStore(await openDatabase(), SESSION, replica);
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('D2: packets of a replica in the browser', () => {
  it('are found by the next page, its own alone, with the numbers that were used', async () => {
    const store = await openStore();
    await store.put(packet(6), { ...USED, nextNonce: 7 });
    await store.put(packet(7), USED);
    await (await openStore(1)).put(packet(1), { nextNonce: 2, lamport: 9, counter: 1 });
    const { packets, used } = await (await openStore()).load();
    expect(packets.map(({ nonce }) => nonce)).toEqual([6, 7]);
    expect(used).toEqual(USED);
  });

  it('O1: leave their numbers when they go', async () => {
    const store = await openStore();
    await store.put(packet(7), USED);
    await store.remove(7);
    expect(await store.load()).toEqual({ packets: [], used: USED });
    await store.replaceAll([packet(5)], { ...USED, nextNonce: 6 });
    const { packets, used } = await store.load();
    expect(packets.map(({ nonce }) => nonce)).toEqual([5]);
    expect(used).toEqual({ ...USED, nextNonce: 6 });
  });

  it('a replica that has sealed none has used nothing', async () => {
    expect(await (await openStore()).load()).toEqual({ packets: [], used: undefined });
  });

  it('D2: the nonces of a browser that knew no other numbers are taken over', async () => {
    const old = await openDB('theta', 4, {
      upgrade(database) {
        database.createObjectStore('packets', { keyPath: ['session', 'replica', 'nonce'] });
        database.createObjectStore('nonces');
      },
    });
    await old.put('nonces', 12, [SESSION, 0]);
    await old.put('packets', { ...packet(11), session: SESSION, replica: 0 });
    old.close();
    const { packets, used } = await (await openStore()).load();
    expect(packets.map(({ nonce }) => nonce)).toEqual([11]);
    expect(used).toEqual({ nextNonce: 12, lamport: 0, counter: 0 });
  });
});
