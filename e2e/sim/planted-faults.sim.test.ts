import { afterEach, describe, expect, it, vi } from 'vitest';
import { CommandLog } from '../../src/commands/log.ts';
import { Document } from '../../src/ecs/document/document.ts';
import { Reason } from '../../src/protocol/generated/types.ts';
import { BlobGate } from '../../src/server/room/blob-gate.ts';
import { RecentWrites } from '../../src/server/room/recent-writes.ts';
import { Room } from '../../src/server/room/room.ts';
import { messageOf } from '../../src/shared/errors.ts';
import { type ChaosOptions, runChaos } from './chaos.ts';
import { fastVerifier } from './fast-signing.ts';
import type { SimPeer } from './sim-peer.ts';
import type { Simulation } from './simulation.ts';

/** Of so many seeds, one at least must see the fault; the first few do. */
const SEEDS = 200;

/** A replica whose hash is not the log's, or that finds out by itself and drops its line for good. */
const DIFFERS = /has [0-9a-f]{64}, the log [0-9a-f]{64}|packets \[[0-9,]*\] diverged/;

/** What the first seed that fails says of it; empty when all pass. */
async function firstFailure(
  options: ChaosOptions,
  plant: () => void = () => undefined,
): Promise<string> {
  for (let seed = 1; seed <= SEEDS; seed++) {
    vi.restoreAllMocks();
    plant();
    try {
      await runChaos(seed, options);
    } catch (thrown) {
      return messageOf(thrown);
    }
  }
  return '';
}

function onDocument(peer: SimPeer, fault: Partial<Document>): void {
  Object.assign(peer.session.document, fault);
}

/** What the simulation cannot see it does not test: each fault here must make some seed fail. */
// Seed after seed, on machines that are busy with other things.
vi.setConfig({ testTimeout: 240_000 });

describe('planted faults', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('O4: a rebase that leaves pending edits where they are', async () => {
    const plantPeer = ({ session: { log } }: SimPeer): void => {
      Object.assign(log, {
        receive: (transactions: Parameters<CommandLog['receive']>[0]) => {
          const bare = new CommandLog(log.document, log.site);
          bare.receive(transactions);
          log.lamport = Math.max(log.lamport, bare.lamport);
          log.seq += bare.seq;
        },
      });
    };
    expect(await firstFailure({ plantPeer })).toMatch(DIFFERS);
  });

  it('O3: one replica that does not compare stamps', async () => {
    const plantPeer = (peer: SimPeer): void => {
      if (peer.options.author === 'bert') onDocument(peer, { fieldYields: () => true });
    };
    expect(await firstFailure({ plantPeer })).toMatch(DIFFERS);
  });

  it('O3: nobody who compares stamps', async () => {
    const plant = (): void => {
      vi.spyOn(Document.prototype, 'fieldYields').mockReturnValue(true);
    };
    expect(await firstFailure({}, plant)).toMatch(/O3: an older write/);
  });

  it('O5: a server that takes stale undos', async () => {
    const plant = (): void => {
      vi.spyOn(RecentWrites.prototype, 'contradicts').mockReturnValue(false);
    };
    expect(await firstFailure({}, plant)).toMatch(/O5: an undo/);
  });

  it('D2: transactions whose refused part leaves the rest behind', async () => {
    const plant = (): void => {
      const clients = new WeakSet<Document>();
      const rollBack = Document.prototype.rollBack;
      vi.spyOn(Document.prototype, 'sweep').mockImplementation(() => undefined);
      vi.spyOn(Document.prototype, 'rollBack').mockImplementation(function (
        this: Document,
        journal,
      ) {
        if (clients.has(this)) rollBack.call(this, journal);
      });
    };
    expect(await firstFailure({}, plant)).toMatch(DIFFERS);
  });

  it('D2: a server that takes any nonce', async () => {
    const plant = (): void => {
      vi.spyOn(Room.prototype, 'placeOf').mockReturnValue('next');
    };
    expect(await firstFailure({}, plant)).toMatch(
      /D2: record \d+ has nonce|not within|in the log already/,
    );
  });

  it('D2: a server that does not answer a packet that it has already', async () => {
    const plant = ({ storage }: { storage: object }): void => {
      Object.assign(storage, { findVerdict: async () => undefined });
    };
    expect(await firstFailure({ plant })).toMatch(/not within|was taken for a replay/);
  });

  it('D1: a server that answers before the disk has', async () => {
    const plant = ({ storage }: Simulation): void => {
      storage.syncs = false;
    };
    const failure = await firstFailure({ plant });
    expect(failure).toMatch(new RegExp(`${DIFFERS.source}|not within|was acknowledged`));
  });

  it('D5: a server that believes what a blob is said to be', async () => {
    const plant = (): void => {
      vi.spyOn(BlobGate.prototype, 'check').mockResolvedValue(() => Reason.none);
    };
    expect(await firstFailure({}, plant)).toMatch(/D5: geometry [0-9a-f]{64} is named and is none/);
  });

  it('S1: a server that does not check signatures', async () => {
    const plant = (): void => {
      vi.spyOn(fastVerifier, 'verify').mockResolvedValue(true);
    };
    expect(await firstFailure({}, plant)).toMatch(/is a hostile peer’s|D2: record|not within/);
  });
});
