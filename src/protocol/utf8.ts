/**
 * Where the well-formed UTF-8 (RFC 3629: no overlong forms, surrogates or numbers over U+10FFFF) of
 * `bytes[start, end)` ends: `end` when all of it is.
 */
export function validUtf8Until(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    if (bytes[at]! < 0x80) at++;
    else {
      const length = sequenceLength(bytes, at, end);
      if (length === 0) return at;
      at += length;
    }
  }
  return at;
}

/** Length of the multi-byte sequence at `at`, or 0 when it is malformed or cut off by `end`. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > end) return 0;
  const second = bytes[at + 1]!;
  if (second < leastSecond(lead) || second > greatestSecond(lead)) return 0;
  for (let i = 2; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0;
  return length;
}

function leastSecond(lead: number): number {
  if (lead === 0xe0) return 0xa0;
  return lead === 0xf0 ? 0x90 : 0x80;
}

function greatestSecond(lead: number): number {
  if (lead === 0xed) return 0x9f;
  return lead === 0xf4 ? 0x8f : 0xbf;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();
/** Below this, a loop of our own is faster than a call of the platform's decoder. */
const SHORT_TEXT = 24;

/** The text of `bytes[start, end)`, which must be well-formed. A byte order mark is kept. */
export function readUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT_TEXT) return decoder.decode(bytes.subarray(start, end));
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x80) return decoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/**
 * Writes the text and returns its length in bytes; there must be room for three bytes for each of
 * its UTF-16 units. Lone surrogates become U+FFFD.
 */
export function writeUtf8(text: string, bytes: Uint8Array, start: number): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) {
      const rest = encoder.encodeInto(text.slice(i), bytes.subarray(start + i));
      return i + rest.written;
    }
    bytes[start + i] = unit;
  }
  return text.length;
}
