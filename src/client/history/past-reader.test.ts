import { beforeAll, describe, expect, it } from 'vitest';
import { webCryptoVerifier } from '../../commands/signing.ts';
import { worldHash } from '../../replication/document-codec.ts';
import { seededRandom } from '../../shared/random.ts';
import { PastReader } from './past-reader.ts';
import { SignedLog } from './testing/signed-log.ts';

const RECORDS = 24;
let log: SignedLog;

beforeAll(async () => {
  log = await SignedLog.create();
  const { entity } = (await log.append('entity.create', { name: 'Box' })) as { entity: string };
  for (let i = 2; i <= RECORDS; i++) {
    if (i === 12) await log.append('entity.delete', { entities: [entity] });
    else if (i < 12) await log.append('transform.translate', { entity, offset: [i, 0, 0] });
    else await log.append('entity.create', { name: `Later ${i}` });
  }
});

function reader(fetch = log.fetchPages(5)): PastReader {
  return new PastReader({
    log: { sessionId: 's', token: () => 't', fetch },
    sessionKey: () => log.sessionKey,
    verifier: webCryptoVerifier(),
    fetchBlob: () => Promise.reject(new Error('No packet here has a blob.')),
    decompress: () => new Uint8Array(0),
  });
}

/** Each record here has one entry. */
const momentAt = (index: number) => ({ index, seq: index });

describe('PastReader', () => {
  it('D4: is what the session was at any moment, in whatever order they are visited (seed 7)', async () => {
    const past = reader();
    const random = seededRandom(7);
    const visits = [RECORDS, 0, 12, 11, 1, ...Array.from({ length: 40 }, () => random.below(25))];
    for (const at of visits) {
      await past.moveTo(momentAt(at));
      expect(worldHash(past.document), `moment ${at}`).toBe(log.hashes[at]);
    }
  });

  it('D4: says that a moment is not there yet, and goes on from where it is', async () => {
    const past = reader();
    const beyond = past.moveTo(momentAt(RECORDS + 1));
    await expect(beyond).rejects.toMatchObject({ code: 'unreachable' });
    await past.moveTo(momentAt(3));
    expect(worldHash(past.document)).toBe(log.hashes[3]);
  });

  it('S1: shows nothing of a log that is not what was signed', async () => {
    const forged = await SignedLog.create();
    await forged.append('entity.create', { name: 'Not of this session' });
    const past = reader(forged.fetchPages(5));
    await expect(past.moveTo(momentAt(1))).rejects.toMatchObject({ code: 'forged' });
    expect(worldHash(past.document)).toBe(log.hashes[0]);
  });
});
