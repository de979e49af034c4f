import { expect, test } from 'vitest';
import { createSession } from './create-session.ts';

const SESSION = {
  sessionId: 'abcdefgh',
  links: { viewer: '/s/abcdefgh#v', editor: '/s/abcdefgh#e', admin: '/s/abcdefgh#a' },
};

const answering =
  (body: string, status = 201): typeof fetch =>
  async () =>
    new Response(body, { status });

test('a session comes back with its links', async () => {
  await expect(createSession(answering(JSON.stringify(SESSION)))).resolves.toEqual(SESSION);
});

test('S6: the call is JSON', async () => {
  const calls: RequestInit[] = [];
  await createSession(async (_url, init) => {
    calls.push(init ?? {});
    return new Response(JSON.stringify(SESSION), { status: 201 });
  });
  expect(calls).toMatchObject([
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' },
  ]);
});

test('a refusal is told in the server’s words, or in ours', async () => {
  const told = JSON.stringify({ error: { code: 'rate', message: 'Wait 3 seconds.' } });
  await expect(createSession(answering(told, 429))).rejects.toMatchObject({
    code: 'refused',
    message: 'Wait 3 seconds.',
  });
  await expect(createSession(answering('<html>', 502))).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('502'),
  });
});

test('no network is told in words', async () => {
  const failing: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'));
  await expect(createSession(failing)).rejects.toMatchObject({ code: 'unreachable' });
});

test('an answer of another shape is never taken for a session', async () => {
  const elsewhere = { ...SESSION, links: { ...SESSION.links, admin: 'https://evil.test/s/x' } };
  for (const body of ['<html>', 'null', '{}', JSON.stringify(elsewhere)]) {
    await expect(createSession(answering(body))).rejects.toMatchObject({ code: 'unexpected' });
  }
});
