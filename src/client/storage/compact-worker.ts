import { decompress } from '../../protocol/compression.ts';
import { AssetCache } from '../assets/asset-cache.ts';
import { compactLog } from '../session/compact-log.ts';
import type { CompactRequest } from './compact-elsewhere.ts';
import { openDatabase } from './database.ts';
import { DatabaseLastKnown } from './last-known-store.ts';

/** Asked about a session; answers when its base is a newer one, or cannot be. */
addEventListener('message', ({ data }: MessageEvent<CompactRequest>) => {
  compact(data).then(
    () => postMessage(true),
    () => postMessage(false),
  );
});

async function compact({ sessionId, token }: CompactRequest): Promise<void> {
  const database = await openDatabase();
  try {
    const store = new DatabaseLastKnown(database, sessionId, () => Promise.resolve());
    const known = await store.load();
    if (known === undefined || known.records.length === 0) return;
    const assets = new AssetCache({ token: () => token });
    const fetchBlob = (digest: string) => assets.bytes(digest);
    await store.advance(known.base, await compactLog(known, { decompress, fetchBlob }));
  } finally {
    database.close();
  }
}
