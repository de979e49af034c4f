import { afterEach, describe, expect, it } from 'vitest';
import { configureLogging, loggerFor, resetLogging } from './logging.ts';

afterEach(resetLogging);

function logged(level: 'debug' | 'info' | 'warn' | 'error', act: () => void): string[] {
  const lines: string[] = [];
  configureLogging(level, (line) => lines.push(line));
  act();
  return lines;
}

describe('logging', () => {
  it('writes one JSON object a line, with its part and fields', () => {
    const lines = logged('info', () => loggerFor('http').info('Served.', { status: 200 }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\n$/);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      level: 'INFO',
      logger: 'theta.http',
      message: 'Served.',
      status: 200,
    });
  });

  it('keeps to its level', () => {
    const lines = logged('warn', () => {
      const logger = loggerFor('http');
      logger.debug('No.');
      logger.info('No.');
      logger.warn('Yes.');
      logger.error('Yes.');
    });
    expect(lines).toHaveLength(2);
  });

  it('S6: no secret gets through, by its name, its look or its depth', () => {
    const token = 'q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJabc';
    const [line = ''] = logged('info', () =>
      loggerFor('http').info('Refused.', {
        token,
        uploadToken: token,
        url: `https://localhost:8443/s/abc#${token}`,
        headers: { Authorization: `Bearer ${token}`, nested: { privateKey: token } },
        list: [`see /s/abc#${token}`],
        error: new Error(`fetch of /s/abc#${token} failed`),
        packet: new TextEncoder().encode(token),
      }),
    );
    expect(line).not.toContain(token);
    expect(JSON.parse(line)).toMatchObject({
      token: '[redacted]',
      packet: `${token.length} bytes`,
    });
  });
});
