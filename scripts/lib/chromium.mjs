import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { runBin } from './child.mjs';
import { installHint, installPackage } from './system-packages.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_PATHS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const WINDOWS_PATH = join('Google', 'Chrome', 'Application', 'chrome.exe');
const VERSION_TIMEOUT_MS = 20_000;

/** Longer than a download takes where there is one, and shorter than patience where there is none. */
const DOWNLOAD_TIMEOUT_MS = 240_000;
const CONNECTION_TIMEOUT_MS = 5_000;

/**
 * The path of a Chromium that starts: the one that `CHROMIUM` names, one that is installed, or one
 * that Playwright downloaded; `undefined` when there is none.
 * @throws Error when `CHROMIUM` names a file that is not there
 */
export function findChromium(root) {
  const named = process.env.CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM is "${named}", and there is no such file.`);
  }
  return candidates(root).find((path) => existsSync(path) && starts(path));
}

/**
 * Finds a Chromium as `findChromium` does, or else installs one: Playwright's own, or the system's
 * package where we have the right to.
 * @throws Error that names the package to install
 */
export async function ensureChromium(root) {
  const found = findChromium(root);
  if (found !== undefined) return found;
  for (const install of [installFromPlaywright, () => installPackage('chromium')]) {
    await install(root);
    const installed = findChromium(root);
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'The end-to-end tests need Chromium, and it cannot be installed from here. ' +
      `Install the package "chromium"${installHint('chromium')}, or name a browser with CHROMIUM=/path/to/it.`,
  );
}

function candidates(root) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...usualPaths(), playwrightPath(root)];
}

function usualPaths() {
  if (process.platform === 'darwin') return MAC_PATHS;
  if (process.platform !== 'win32') return [];
  const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)']];
  return folders.filter(Boolean).map((folder) => join(folder, WINDOWS_PATH));
}

function playwrightPath(root) {
  return createRequire(join(root, 'package.json'))('@playwright/test').chromium.executablePath();
}

/** A file of this name may be a stub that wants another package, or lack a library. */
function starts(path) {
  if (process.platform === 'win32') return true;
  const { stdout } = spawnSync(path, ['--version'], {
    encoding: 'utf8',
    timeout: VERSION_TIMEOUT_MS,
  });
  return /^(Chromium|Google Chrome)\b/m.test(stdout ?? '');
}

async function installFromPlaywright(root) {
  console.log('There is no Chromium; downloading the one of Playwright…');
  const env = {
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(CONNECTION_TIMEOUT_MS),
    ...process.env,
  };
  const args = ['install', 'chromium'];
  const code = await runBin(root, '@playwright/test', 'playwright', args, {
    env,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
  });
  if (code !== 0) console.log('That download did not succeed.');
}
