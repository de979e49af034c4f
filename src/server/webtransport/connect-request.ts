import { h3Error } from './h3-errors.ts';
import type { Field } from './qpack-static-table.ts';

/** What a request's header block asks for. */
export type ParsedRequest =
  | {
      readonly kind: 'webtransport';
      readonly path: string;
      readonly authority: string;
      readonly origin: string | undefined;
    }
  | { readonly kind: 'other'; readonly method: string };

const PSEUDO_FIELDS: ReadonlySet<string> = new Set([
  ':method',
  ':scheme',
  ':authority',
  ':path',
  ':protocol',
]);
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** Visible characters, spaces and tabs within, and the octets above ASCII. */
const FIELD_VALUE = /^$|^[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?$/;
/** A path of visible ASCII, so that it can be logged and compared. */
const PATH = /^\/[\x21-\x7e]*$/;

/**
 * Checks a request's fields (RFC 9114, section 4.3) and says what it asks for. Throws
 * `field-invalid` or `request-malformed`.
 */
export function parseRequest(fields: readonly Field[]): ParsedRequest {
  const pseudo = readPseudoFields(fields);
  const method = required(pseudo, ':method');
  if (method !== 'CONNECT' || pseudo.get(':protocol') !== 'webtransport')
    return { kind: 'other', method };
  const path = required(pseudo, ':path');
  if (required(pseudo, ':scheme') !== 'https' || !PATH.test(path))
    throw h3Error('request-malformed', 'A WebTransport request needs https and a path');
  return {
    kind: 'webtransport',
    path,
    authority: required(pseudo, ':authority'),
    origin: readOrigin(fields),
  };
}

function readPseudoFields(fields: readonly Field[]): Map<string, string> {
  const pseudo = new Map<string, string>();
  let sawRegular = false;
  for (const { name, value } of fields) {
    if (!FIELD_VALUE.test(value)) throw h3Error('field-invalid', 'A field value with controls');
    if (!name.startsWith(':')) {
      if (!FIELD_NAME.test(name)) throw h3Error('field-invalid', 'A field name that is none');
      sawRegular = true;
      continue;
    }
    if (!PSEUDO_FIELDS.has(name) || pseudo.has(name) || sawRegular)
      throw h3Error('request-malformed', 'A pseudo-field unknown, doubled or late');
    pseudo.set(name, value);
  }
  return pseudo;
}

function readOrigin(fields: readonly Field[]): string | undefined {
  const origins = fields.filter((field) => field.name === 'origin');
  if (origins.length > 1) throw h3Error('request-malformed', 'Two origins');
  return origins[0]?.value;
}

function required(pseudo: ReadonlyMap<string, string>, name: string): string {
  const value = pseudo.get(name);
  if (!value) throw h3Error('request-malformed', `A request without ${name}`);
  return value;
}
