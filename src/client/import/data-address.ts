import type { Bytes } from '../../shared/bytes.ts';
import type { ImportRun } from './import-run.ts';

const DATA_ADDRESS = /^data:([^,;]*)((?:;[^,;]*)*),/i;
/** A multiple of four, so that each piece decodes alone. */
const PIECE_CHARACTERS = 1 << 20;

export function isDataAddress(address: string): boolean {
  return /^data:/i.test(address);
}

/**
 * The bytes of a base64 `data:` address (RFC 2397).
 * @throws {ThetaError<ImportCode>} `malformed`
 */
export function decodeDataAddress(address: string, run: ImportRun): Bytes {
  const match = DATA_ADDRESS.exec(address.slice(0, 256));
  if (match === null || !/;base64$/i.test(match[2] ?? '')) {
    throw run.fault('malformed', 'has a data: address that is not in base64');
  }
  const text = address.slice(match[0].length).replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let at = 0;
  for (let start = 0; start < text.length; start += PIECE_CHARACTERS) {
    const binary = decodePiece(text.slice(start, start + PIECE_CHARACTERS), run);
    for (let i = 0; i < binary.length; i++) bytes[at++] = binary.charCodeAt(i);
  }
  return bytes;
}

function decodePiece(piece: string, run: ImportRun): string {
  try {
    return atob(piece);
  } catch (cause) {
    throw run.fault('malformed', 'has a data: address with broken base64', { cause });
  }
}
