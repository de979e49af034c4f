import type { Bytes } from '../../../shared/bytes.ts';
import type { ImportRun } from '../import-run.ts';

const NEWLINE = 0x0a;
const PIECE_BYTES = 1 << 20;
/** Nobody writes longer ones; a binary file under a text file's name has them. */
const MAX_LINE_CHARACTERS = 1 << 20;

/**
 * Hands over the words of each line that has any, with the line's number from 1. Comments are taken
 * away and lines that end in a backslash are joined. Decodes a piece at a time and tells the progress.
 * @throws {ThetaError<ImportCode>} `malformed` for what is no text
 */
export function textLines(
  bytes: Bytes,
  run: ImportRun,
  onLine: (words: readonly string[], line: number) => void,
): void {
  const decoder = new TextDecoder();
  let number = 0;
  let joined = '';
  for (let start = 0; start < bytes.length; ) {
    const end = endOfPiece(bytes, start);
    for (const line of decoder.decode(bytes.subarray(start, end)).split('\n')) {
      number++;
      if (line.length > MAX_LINE_CHARACTERS || line.includes('\0')) {
        throw run.fault('malformed', `is not a text file: see line ${number}`);
      }
      const text = joined + line;
      const content = text.trimEnd();
      joined = content.endsWith('\\') ? `${content.slice(0, -1)} ` : '';
      if (joined.length > MAX_LINE_CHARACTERS) {
        throw run.fault('malformed', `has a line without an end at line ${number}`);
      }
      if (joined === '') handOver(content, number, onLine);
    }
    // The piece ended in a newline, after which `split` gives one line too many.
    if (end < bytes.length) number--;
    start = end;
    run.progress(end / bytes.length, 'Reading the file');
  }
}

function handOver(
  content: string,
  number: number,
  onLine: (words: readonly string[], line: number) => void,
): void {
  const comment = content.indexOf('#');
  const words = (comment === -1 ? content : content.slice(0, comment)).trim().split(/\s+/);
  if (words[0] !== '') onLine(words, number);
}

/** A piece ends after a newline, or with the file. */
function endOfPiece(bytes: Bytes, start: number): number {
  if (start + PIECE_BYTES >= bytes.length) return bytes.length;
  const newline = bytes.indexOf(NEWLINE, start + PIECE_BYTES);
  return newline === -1 ? bytes.length : newline + 1;
}
