import { describe, it } from 'vitest';
import { MemoryStorage } from './memory-storage.ts';
import { STORAGE_CONTRACT } from './storage-contract.ts';

describe('MemoryStorage keeps the storage contract', () => {
  for (const { name, run } of STORAGE_CONTRACT) it(name, () => run(new MemoryStorage()));
});
