import { StorageError } from './storage.ts';

/** SQLite's primary result codes. */
const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;
const PRIMARY = 0xff;

/** What SQLite or a row says went wrong, as an error of the storage that names the file. */
export function storageErrorOf(thrown: unknown, path: string): unknown {
  if (thrown instanceof StorageError) {
    if (thrown.code !== 'damaged' || thrown.message.includes(path)) return thrown;
    return damaged(path, thrown.message, thrown);
  }
  const code = resultCodeOf(thrown);
  if (code === FULL) {
    const message = `There is no space left to write ${path}.`;
    return new StorageError('full', message, { cause: thrown });
  }
  if (code !== CORRUPT && code !== NOT_A_DATABASE) return thrown;
  return damaged(path, (thrown as Error).message, thrown);
}

/** The refusal of a file that is not what it was: `detail` goes on after its name. */
export function damaged(path: string, detail: string, cause?: unknown): StorageError {
  return new StorageError(
    'damaged',
    `The database ${path} is damaged or not a database (${detail}). Restore it from a backup, or move it away to start anew.`,
    { cause },
  );
}

function resultCodeOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return undefined;
  return typeof thrown.errcode === 'number' ? thrown.errcode & PRIMARY : undefined;
}
