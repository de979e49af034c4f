import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type { Forgery } from './forgeries.ts';
import type { Answer, RawClientOptions } from './in-page.ts';

const ENTRY = fileURLToPath(new URL('in-page.ts', import.meta.url));

let bundled: Promise<string> | undefined;

/** The raw client as one script, made once for all tests of a worker. */
function script(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      lib: { entry: ENTRY, formats: ['iife'], name: 'raw' },
    },
  });
  const [output] = Array.isArray(made) ? made : [made];
  if (output === undefined || !('output' in output)) throw new Error('Vite made no bundle.');
  return output.output[0].code;
}

/** A peer that need not behave, in a page of the server's own origin. */
export class RawPeer {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** The page may show anything of the server, the editor too. */
  static async in(page: Page): Promise<RawPeer> {
    // Evaluated from outside: the page's policy has no say.
    await page.evaluate(await script());
    return new RawPeer(page);
  }

  /** Joins, submits one packet, and leaves; resolves with what the server said. */
  submit(options: RawClientOptions, forgery: Forgery): Promise<Answer> {
    return this.#page.evaluate(([how, what]) => window.rawClient.submit(how, what), [
      options,
      forgery,
    ] as const);
  }

  /** The same with bytes that are no message. */
  babble(options: RawClientOptions, length: number): Promise<Answer> {
    return this.#page.evaluate(([how, size]) => window.rawClient.babble(how, size), [
      options,
      length,
    ] as const);
  }
}
