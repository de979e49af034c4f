/** UTF-8 bytes that a name may have on the wire (protocol/limits.ts). */
export const MAX_NAME_BYTES = 256;

const encoder = new TextEncoder();

/**
 * A name as it may travel: well-formed, without surrounding space, cut at a whole character; the
 * fallback where nothing is left.
 */
export function clipName(name: string, fallback = 'Unnamed'): string {
  const text = name.toWellFormed().trim();
  const into = new Uint8Array(MAX_NAME_BYTES);
  const { read } = encoder.encodeInto(text, into);
  return text.slice(0, read).trimEnd() || fallback;
}
