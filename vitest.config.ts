import { defineConfig } from 'vitest/config';

/** Servers are started and files are made by some tests: on a busy machine that takes its time. */
const TIMEOUT_MS = 30_000;

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'e2e/sim/**/*.test.ts',
      'e2e/kill/**/*.test.ts',
      'e2e/fuzz/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    environment: 'node',
    testTimeout: TIMEOUT_MS,
    hookTimeout: TIMEOUT_MS,
  },
});
