import { fileURLToPath } from 'node:url';
import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/lib/chromium.mjs';

const ROOT = fileURLToPath(new URL('.', import.meta.url));

const QUIET = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const WEBGL = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
/** With fewer of these one gets a device, and a canvas that stays blank. */
const WEBGPU = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
];

// The workers read this file again: they need not look for the browser another time.
process.env.CHROMIUM ??= findChromium(ROOT) ?? '';
const found = process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {};

const chromiumWith = (flags: readonly string[]) => ({
  ...devices['Desktop Chrome'],
  launchOptions: { ...found, args: [...QUIET, ...flags] },
});

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './e2e/support/build-page.ts',
  // Pages, their server and the software renderer share the machine's cores as it is.
  workers: 1,
  timeout: 60_000,
  // Twice what they take on two busy cores: what hangs is named, and the rest of CI still has its time.
  globalTimeout: 55 * 60_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  reporter: 'list',
  use: {
    ignoreHTTPSErrors: true,
    // A page that is kept would be loaded whole by every test's own browser profile.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      testIgnore: '**/*.webgpu.spec.ts',
      use: chromiumWith(WEBGL),
    },
    {
      name: 'webgpu',
      testMatch: '**/*.webgpu.spec.ts',
      use: chromiumWith(WEBGPU),
    },
  ],
});
