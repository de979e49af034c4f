import { renderUnicodeCompact } from 'uqr';

/**
 * What a person who has just started the server wants to know: where to open it, and a code for a
 * headset's camera.
 */
export function bannerOf(urls, devOrigin) {
  const plain = urls.filter((url) => url.startsWith('http:'));
  const secure = urls.filter((url) => url.startsWith('https:') && !isLoopback(url));
  const local = devOrigin ? [devOrigin] : plain;
  const lines = ['', ...local.map((url) => `  On this machine   ${url}`)];
  for (const url of secure) lines.push(`  On the network    ${url}`);
  const forHeadset = secure.find((url) => !url.includes('[')) ?? secure[0];
  if (forHeadset !== undefined && !devOrigin)
    lines.push('', '  For a headset (accept its certificate once):', '', codeOf(forHeadset));
  return `${lines.join('\n')}\n`;
}

function isLoopback(url) {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

function codeOf(url) {
  const code = renderUnicodeCompact(url, { border: 2 });
  return code.replace(/^/gm, '  ');
}
