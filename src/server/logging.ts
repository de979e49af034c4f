import {
  configureSync,
  getJsonLinesFormatter,
  getLogger,
  type LogLevel,
  resetSync,
} from '@logtape/logtape';
import type { Logger } from '../shared/logger.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

const LOGTAPE_LEVEL: Readonly<Record<(typeof LOG_LEVELS)[number], LogLevel>> = {
  debug: 'debug',
  info: 'info',
  warn: 'warning',
  error: 'error',
};

const ROOT = 'theta';
const MAX_DEPTH = 4;
const REDACTED = '[redacted]';

/** Names of fields whose value is a secret, whatever it looks like. */
const SECRET_NAME = /token|secret|password|authorization|cookie|private|signature|pkcs8/i;

/** A link's token in a fragment, or credentials in a header, inside a longer text. */
const SECRET_TEXT = /#[0-9A-Za-z_-]{20,}|\b(?:Bearer|Basic)\s+[^\s"]+/gi;

/**
 * Sends every log line of the process to `write` as one JSON object, from `level` up. S6: what
 * looks like a secret is cut out on the way, should one get into a field by mistake.
 */
export function configureLogging(
  level: (typeof LOG_LEVELS)[number],
  write: (line: string) => void,
): void {
  const format = getJsonLinesFormatter({ properties: 'flatten', message: 'rendered' });
  configureSync({
    reset: true,
    sinks: {
      lines: (record) => write(format({ ...record, properties: redactFields(record.properties) })),
    },
    loggers: [
      { category: ROOT, sinks: ['lines'], lowestLevel: LOGTAPE_LEVEL[level] },
      { category: ['logtape', 'meta'], sinks: ['lines'], lowestLevel: 'warning' },
    ],
  });
}

/** Ends what `configureLogging` began. */
export function resetLogging(): void {
  resetSync();
}

/** The logger of one part of the server; silent until `configureLogging` is called. */
export function loggerFor(part: string): Logger {
  const logger = getLogger([ROOT, part]);
  return {
    debug: (message, fields = {}) => logger.debug(message, { ...fields }),
    info: (message, fields = {}) => logger.info(message, { ...fields }),
    warn: (message, fields = {}) => logger.warn(message, { ...fields }),
    error: (message, fields = {}) => logger.error(message, { ...fields }),
  };
}

function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(fields, 0);
}

function redactObject(object: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(object).map(([name, value]) => [
    name,
    SECRET_NAME.test(name) ? REDACTED : redactValue(value, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replace(SECRET_TEXT, REDACTED);
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `${value.byteLength} bytes`;
  if (depth > MAX_DEPTH) return '…';
  if (value instanceof Error)
    return redactObject({ name: value.name, message: value.message, stack: value.stack }, depth);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));
  return redactObject(value, depth);
}
