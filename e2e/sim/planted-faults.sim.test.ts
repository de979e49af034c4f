import { afterEach, describe, expect, it, vi } from 'vitest';
import { CommandLog } from '../../src/commands/log.ts';
import { Document } from '../../src/ecs/document/document.ts';
import { RecentWrites } from '../../src/server/room/recent-writes.ts';
import { messageOf } from '../../src/shared/errors.ts';
import { type ChaosOptions, runChaos } from './chaos.ts';
import type { SimPeer } from './simulation.ts';

/** Of so many seeds, one at least must see the fault. */
const SEEDS = 40;

/** A replica whose hash is not the log's. */
const DIFFERS = /to be '[a-z]+-\d [0-9a-f]+…'/;

/** The same, or one that sees it itself and never comes to rest. */
const DIFFERS_OR_DIVERGES = /to be '[a-z]+-\d [0-9a-f]+…'|quiet: not within .* diverged/;

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
    expect(await firstFailure({}, plant)).toMatch(DIFFERS_OR_DIVERGES);
  });

  it('D2: a server that does not answer a packet that it has already', async () => {
    const plant = ({ storage }: { storage: object }): void => {
      Object.assign(storage, { findVerdict: async () => undefined });
    };
    expect(await firstFailure({ plant })).toMatch(/to not include 'replay'/);
    // Rare: only what was judged and not heard of is sent twice.
  }, 120_000);

  it('D1: a server that answers before the disk has', async () => {
    const plant = ({ storage }: Parameters<NonNullable<ChaosOptions['plant']>>[0]): void => {
      const write = storage.appendGroup.bind(storage);
      Object.assign(storage, {
        appendGroup: async (...args: Parameters<typeof write>) => {
          void write(...args).catch(() => undefined);
        },
      });
    };
    expect(await firstFailure({ plant })).toMatch(/(quiet|caught up): not within|was acknowledged/);
  });
});
