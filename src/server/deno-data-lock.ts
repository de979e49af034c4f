import { join } from 'node:path';
import { ConfigError } from './config.ts';

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/**
 * Makes the data folder and holds it for this process alone: two servers that judge one log would
 * tear it. The system lets go when the process ends, however it ends.
 * @returns a function that lets go
 * @throws ConfigError when another server holds it, or it cannot be made
 */
export function lockDataFolder(folder: string): () => void {
  const file = openLock(folder);
  if (!file.tryLockSync(true)) {
    file.close();
    throw new ConfigError(`THETA_DATA_DIR is in use by another Theta server: ${folder}.`);
  }
  return () => file.close();
}

function openLock(folder: string): Deno.FsFile {
  try {
    Deno.mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    const options = { create: true, write: true, mode: OWNER_ONLY_FILE };
    return Deno.openSync(join(folder, 'lock'), options);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ConfigError(`THETA_DATA_DIR cannot be used: ${folder} (${reason}).`);
  }
}
