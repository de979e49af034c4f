import { expect, test } from './support/fixtures.ts';
import { createSession, openSession } from './support/session.ts';
import { verifyData, withFlippedByte } from './support/theta-command.ts';

test('S1: page and command line verify the whole history, and name a flipped byte', async ({
  page,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  await openSession(page, ownServer, session);
  const told = await page.evaluate(async () => {
    for (let i = 0; i < 5; i++) await window.theta.execute('entity.create', { name: `Box ${i}` });
    // Over 16 KiB: its entries travel, and are verified, as a blob.
    await window.theta.transaction('Many', (tx) => {
      for (let i = 0; i < 200; i++) tx.execute('entity.create', { name: `${i} `.padEnd(120, '-') });
    });
    const fractions: number[] = [];
    const report = await window.theta.verifyHistory({
      onProgress: (fraction) => fractions.push(fraction),
    });
    return { report, fractions, hash: window.theta.worldHash() };
  });
  expect(told.report).toEqual({ entries: 205, valid: 205, invalid: 0, worldHash: told.hash });
  expect(told.fractions.at(-1)).toBe(1);

  const beside = await verifyData(ownServer.dataDir);
  expect(beside, 'beside the running server').toMatchObject({ code: 0 });
  await page.close();
  await ownServer.stop();
  const { code, said } = await verifyData(ownServer.dataDir, session.sessionId);
  expect(said).toContain(`205 entries in 6 records are valid; world hash ${told.hash}.`);
  expect(code).toBe(0);
  await withFlippedByte(ownServer.dataDir, 3, async (copy) => {
    const found = await verifyData(copy, session.sessionId);
    expect(found.code).toBe(1);
    expect(found.said).toContain('2 of 205 entries are valid. Record 3: ');
  });
  expect((await verifyData(ownServer.dataDir, 'nobody')).code).toBe(2);
});
