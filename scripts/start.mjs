#!/usr/bin/env node
/**
 * Starts Theta: builds the page when its sources have changed, runs the session server, and says
 * where to find it. `--dev` serves the page from its sources with hot reload instead.
 */
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bannerOf } from './lib/banner.mjs';
import { freePort, startDevPage } from './lib/dev-page.mjs';
import { buildPageIfStale } from './lib/page-build.mjs';
import { startServerProcess } from './lib/server-process.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Builds, starts and announces; ends as the server ends. */
async function start() {
  const built = await buildPageIfStale(ROOT);
  if (built === 'absent')
    console.log('There is no page to build (index.html is missing); starting the API alone.');
  await runServer({ ...process.env }, undefined);
}

async function startDev() {
  const httpPort = process.env.THETA_HTTP_PORT === '0' ? await freePort() : undefined;
  const port = httpPort ?? (process.env.THETA_HTTP_PORT || '8080');
  const page = await startDevPage(ROOT, port);
  const env = {
    ...process.env,
    THETA_HTTP_PORT: String(port),
    THETA_PUBLIC_URL: process.env.THETA_PUBLIC_URL || page.origin,
  };
  await runServer(env, page);
}

async function runServer(env, devPage) {
  const { child, ready } = startServerProcess(ROOT, env);
  for (const signal of FORWARDED)
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  const ended = new Promise((settle) => child.once('exit', (...how) => settle(how)));
  const urls = await ready;
  if (urls !== undefined) console.log(bannerOf(urls, devPage?.origin));
  const [code, signal] = await ended;
  await devPage?.close();
  process.exit(code ?? 128 + constants.signals[signal]);
}

try {
  await (process.argv.includes('--dev') ? startDev() : start());
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
