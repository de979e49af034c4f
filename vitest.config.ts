import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/sim/**/*.sim.test.ts', 'src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts'],
    environment: 'node',
  },
});
