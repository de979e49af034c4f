import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PageFiles } from './page-files.ts';

it('a file of the release before is not there, once the page was built anew under a running server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'theta-page-'));
  try {
    await writeFile(join(folder, 'part-1.js'), 'export {};');
    await writeFile(join(folder, 'part-2.js'), 'export {};');
    const files = await PageFiles.open(folder);
    await unlink(join(folder, 'part-1.js'));
    expect(await files.get('/part-1.js')).toBeUndefined();
    expect((await files.get('/part-2.js'))?.type).toBe('text/javascript; charset=utf-8');
  } finally {
    await rm(folder, { recursive: true });
  }
});
