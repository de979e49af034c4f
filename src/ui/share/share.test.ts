import { describe, expect, test } from 'vitest';
import { qrPath } from './qr-path.ts';
import { offeredLinks } from './share-links.ts';

const LINKS = {
  viewer: 'https://theta.test/s/abc#v',
  editor: 'https://theta.test/s/abc#e',
  admin: 'https://theta.test/s/abc#a',
};

describe('links to hand on', () => {
  test('S4: nobody hands on more than they have', () => {
    expect(offeredLinks(LINKS, 'viewer').map(({ role }) => role)).toEqual(['viewer']);
    expect(offeredLinks(LINKS, 'editor').map(({ role }) => role)).toEqual(['viewer', 'editor']);
    expect(offeredLinks(LINKS, 'admin')).toHaveLength(3);
  });

  test('a link that is not known is not offered', () => {
    expect(offeredLinks({ editor: LINKS.editor }, 'admin')).toMatchObject([
      { role: 'editor', url: LINKS.editor },
    ]);
  });
});

describe('qrPath', () => {
  test('draws each run of dark modules as one rectangle', () => {
    expect(
      qrPath([
        [true, true, false],
        [false, false, false],
        [true, false, true],
      ]),
    ).toBe('M0 0h2v1h-2zM0 2h1v1h-1zM2 2h1v1h-1z');
  });
});
