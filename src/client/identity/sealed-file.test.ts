import { describe, expect, it } from 'vitest';
import { openFile, sealFile } from './sealed-file.ts';

const AUTHOR = 'a1'.repeat(32);
const SECRET = new TextEncoder().encode('a secret of this browser');
const PASSPHRASE = 'correct horse battery';

describe('S4: an identity in a file', () => {
  it('is opened by its passphrase alone, and says in clear whose it is', async () => {
    const text = await sealFile(AUTHOR, SECRET, PASSPHRASE);
    expect(text).toContain(AUTHOR);
    expect(text).not.toContain('secret');
    expect(await openFile(text, PASSPHRASE)).toEqual({ author: AUTHOR, secret: SECRET });
    await expect(openFile(text, 'correct horse')).rejects.toThrow(/passphrase/);
  });

  it('is not opened when anything of it was changed', async () => {
    const text = await sealFile(AUTHOR, SECRET, PASSPHRASE);
    const stolen = text.replace(AUTHOR, 'b0'.repeat(32));
    await expect(openFile(stolen, PASSPHRASE)).rejects.toMatchObject({ code: 'wrong_passphrase' });
    const file = JSON.parse(text);
    const data = file.data[0] === 'A' ? `B${file.data.slice(1)}` : `A${file.data.slice(1)}`;
    const damaged = JSON.stringify({ ...file, data });
    await expect(openFile(damaged, PASSPHRASE)).rejects.toMatchObject({ code: 'wrong_passphrase' });
  });

  it.each(['', '{', '[]', '{"format":"theta-identity"}'])('is not %j', async (text) => {
    await expect(openFile(text, PASSPHRASE)).rejects.toMatchObject({ code: 'not_identity' });
  });

  it('does not compute for a day because a file says so', async () => {
    const file = JSON.parse(await sealFile(AUTHOR, SECRET, PASSPHRASE));
    const greedy = { ...file, kdf: { ...file.kdf, iterations: 1e12 } };
    await expect(openFile(JSON.stringify(greedy), PASSPHRASE)).rejects.toMatchObject({
      code: 'not_identity',
    });
  });
});
