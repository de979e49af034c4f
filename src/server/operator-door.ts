import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const OWNER_ONLY_FILE = 0o600;
const SECRET_BYTES = 32;
const FILE = 'operator.json';

const doorSchema = z.object({ port: z.number().int(), secret: z.string() });

/**
 * How an operator's commands reach a server that runs: its loopback port and a secret, in a file of
 * the data folder that only its owner reads. Whoever can read that folder has the sessions' keys
 * anyway.
 */
export type OperatorDoor = z.infer<typeof doorSchema>;

export function createOperatorSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** @returns a function that takes the file away */
export function openOperatorDoor(dataDir: string, door: OperatorDoor): () => void {
  const path = join(dataDir, FILE);
  // A file that a killed server left may have other permissions.
  rmSync(path, { force: true });
  writeFileSync(path, JSON.stringify(door), { mode: OWNER_ONLY_FILE });
  return () => rmSync(path, { force: true });
}

/** @throws where there is no such file, or it cannot be read */
export function findOperatorDoor(dataDir: string): OperatorDoor {
  return doorSchema.parse(JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')));
}
