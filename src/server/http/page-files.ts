import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Bytes } from '../../shared/bytes.ts';

/** A file of the built page, ready to send. */
export interface PageFile {
  readonly type: string;
  /** A strong entity tag, in its quotes. */
  readonly etag: string;
  /** Whether its name holds its hash, so that it never changes. */
  readonly immutable: boolean;
  readonly body: Bytes;
  /** Absent when compression gains nothing. */
  readonly gzipped: Bytes | undefined;
}

export const SCRIPT_TYPE = 'text/javascript; charset=utf-8';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': SCRIPT_TYPE,
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.glb': 'model/gltf-binary',
  '.txt': 'text/plain; charset=utf-8',
};
const UNKNOWN_TYPE = 'application/octet-stream';

/** Already compressed; trying again wastes time. */
const INCOMPRESSIBLE: ReadonlySet<string> = new Set(['.png', '.jpg', '.webp', '.woff2', '.glb']);
const WORTH_COMPRESSING_BYTES = 1024;

/** Where the bundler puts files with a hash in their name. */
const HASHED_FOLDER = '/assets/';

/**
 * The built page. Only what a walk of the folder found can be asked for: a request's path is looked
 * up among those names and never becomes a path of the file system, so none leads out of it.
 */
export class PageFiles {
  readonly #paths: ReadonlyMap<string, string>;
  readonly #loaded = new Map<string, Promise<PageFile>>();

  private constructor(paths: ReadonlyMap<string, string>) {
    this.#paths = paths;
  }

  /** Lists the folder; one that is missing is a page with no files. */
  static async open(folder: string): Promise<PageFiles> {
    const found = new Map<string, string>();
    await walk(folder, '/', found);
    return new PageFiles(found);
  }

  /** @param path as in a URL, decoded, from the root: `/assets/a.js` */
  async get(path: string): Promise<PageFile | undefined> {
    const file = this.#paths.get(path);
    if (file === undefined) return undefined;
    const loading = this.#loaded.get(path) ?? load(path, file);
    this.#loaded.set(path, loading);
    try {
      return await loading;
    } catch (thrown) {
      this.#loaded.delete(path);
      // The page was built anew since the folder was listed: this name is of the release before.
      if (isMissing(thrown)) return undefined;
      throw thrown;
    }
  }
}

async function walk(folder: string, prefix: string, found: Map<string, string>): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) await walk(path, `${prefix}${entry.name}/`, found);
    else if (entry.isFile()) found.set(prefix + entry.name, path);
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

async function load(path: string, file: string): Promise<PageFile> {
  const body = new Uint8Array(await readFile(file));
  const extension = extname(file).toLowerCase();
  return {
    type: TYPES[extension] ?? UNKNOWN_TYPE,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    immutable: path.startsWith(HASHED_FOLDER),
    body,
    gzipped: INCOMPRESSIBLE.has(extension) ? undefined : await compress(body),
  };
}

async function compress(body: Bytes): Promise<Bytes | undefined> {
  if (body.length < WORTH_COMPRESSING_BYTES) return undefined;
  const gzipped = new Uint8Array(await promisify(gzip)(body));
  return gzipped.length < body.length ? gzipped : undefined;
}
