import { describe, expect, test } from 'vitest';
import { parseSessionUrl, pastedSessionUrl } from './session-link.ts';

const BASE = 'https://theta.test/';
const ID = 'mF8kq2Zt7w_Xp1Lr';
const TOKEN = 'tok-0123456789abcdef';

describe('a session’s address', () => {
  const parse = (path: string) => parseSessionUrl(new URL(path, BASE));

  test('S4: names the session in its path and the token in its fragment', () => {
    expect(parse(`/s/${ID}#${TOKEN}`)).toEqual({ sessionId: ID, token: TOKEN });
    expect(parse(`/s/${ID}`)).toEqual({ sessionId: ID, token: undefined });
    expect(parse(`/s/${ID}?renderer=webgl#${TOKEN}`)).toMatchObject({ token: TOKEN });
  });

  test('anything else is no session', () => {
    expect(parse('/')).toBeUndefined();
    expect(parse('/s/short')).toBeUndefined();
    expect(parse(`/s/${ID}/more`)).toBeUndefined();
    expect(parse(`/s/${ID}#not a token`)).toBeUndefined();
  });
});

describe('a pasted link', () => {
  const paste = (text: string) => pastedSessionUrl(text, BASE)?.href;

  test('may be whole, without its scheme, or a path of this server', () => {
    const whole = `https://theta.test/s/${ID}#${TOKEN}`;
    expect(paste(`  ${whole}\n`)).toBe(whole);
    expect(paste(`theta.test/s/${ID}#${TOKEN}`)).toBe(whole);
    expect(paste(`/s/${ID}#${TOKEN}`)).toBe(whole);
  });

  test('of another server opens there', () => {
    expect(paste(`http://192.168.1.5:8080/s/${ID}#${TOKEN}`)).toContain('192.168.1.5');
  });

  test('never runs as a script, and must open a session', () => {
    expect(paste(`javascript:alert(1)//s/${ID}`)).toBeUndefined();
    expect(paste('https://theta.test/help')).toBeUndefined();
    expect(paste('hello')).toBeUndefined();
  });
});
