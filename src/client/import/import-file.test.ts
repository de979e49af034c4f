import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { type ImportWorker, importFile } from './import-file.ts';
import { serveImport } from './serve-import.ts';
import type { ImportReply, ImportRequest } from './worker-messages.ts';

const CONTROLLER: Bytes = new Uint8Array(readFileSync('e2e/fixtures/touch-controller.glb'));

/** A worker in this thread, which copies its answers as a real one does. */
class LocalWorker implements ImportWorker {
  onmessage: ImportWorker['onmessage'] = null;
  onerror: ImportWorker['onerror'] = null;
  terminated = false;

  postMessage(request: ImportRequest): void {
    void serveImport(request, (reply, transfer) => {
      const data = structuredClone(reply, { transfer });
      if (!this.terminated) this.onmessage?.({ data } as MessageEvent<ImportReply>);
    });
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** A worker that never answers. */
class SilentWorker extends LocalWorker {
  override postMessage(): undefined {
    return undefined;
  }
}

const controller = { name: 'left.glb', bytes: CONTROLLER };
const gltf = { name: 'a.gltf', bytes: new TextEncoder().encode('{"asset":{"version":"2.0"}}') };

async function failureOf(promise: Promise<unknown>): Promise<Pick<ThetaError, 'code' | 'message'>> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(ThetaError);
  const { code, message } = thrown as ThetaError;
  return { code, message };
}

describe('importFile', () => {
  it('parses in a worker, tells the progress, and ends the worker', async () => {
    const worker = new LocalWorker();
    const seen: [number | null, string][] = [];
    const model = await importFile(controller, {
      createWorker: () => worker,
      onProgress: (fraction, label) => seen.push([fraction, label]),
    });
    expect(model.entities).toHaveLength(31);
    expect(seen[0]).toEqual([0, 'Reading the file']);
    expect(seen).toContainEqual([1, 'Reading meshes']);
    expect(seen.at(-1)).toEqual([null, 'Packing meshes']);
    expect(worker.terminated).toBe(true);
  });

  it('takes what the browser gives, with what was dropped together', async () => {
    const worker = new LocalWorker();
    const files = [
      new File(['newmtl Oak\nKd 1 0 0\n'], 'box.mtl'),
      new File(['mtllib box.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nusemtl Oak\nf 1 2 3\n'], 'box.obj'),
    ];
    const model = await importFile(files, { createWorker: () => worker });
    expect(model).toMatchObject({ name: 'box', warnings: [] });
    expect(model.entities[0]!.components.material!.color).toEqual([1, 0, 0, 1]);
  });

  it('passes on the sentence of a refusal', async () => {
    const worker = new LocalWorker();
    const broken = { name: 'broken.glb', bytes: CONTROLLER.slice(0, 5000) };
    expect(await failureOf(importFile(broken, { createWorker: () => worker }))).toEqual({
      code: 'cut_off',
      message: 'broken.glb is cut off: its header promises 217984 bytes and there are 5000.',
    });
    expect(worker.terminated).toBe(true);
  });

  it('ends the worker when it is cancelled', async () => {
    const worker = new SilentWorker();
    const abort = new AbortController();
    const importing = importFile(controller, { createWorker: () => worker, signal: abort.signal });
    abort.abort();
    expect(await failureOf(importing)).toMatchObject({ code: 'cancelled' });
    expect(worker.terminated).toBe(true);
  });

  it('starts no worker for what was cancelled before', async () => {
    const importing = importFile(controller, {
      createWorker: () => expect.unreachable(),
      signal: AbortSignal.abort(),
    });
    expect(await failureOf(importing)).toMatchObject({ code: 'cancelled' });
  });

  it('says so when the worker dies', async () => {
    const worker = new SilentWorker();
    const importing = importFile(controller, { createWorker: () => worker });
    worker.onerror?.({ message: 'out of memory' } as ErrorEvent);
    expect(await failureOf(importing)).toEqual({
      code: 'worker_failed',
      message: 'left.glb could not be imported (out of memory).',
    });
    expect(worker.terminated).toBe(true);
  });

  it.each([
    ['nothing', [], 'unsupported_format', 'There is no file to import.'],
    ['no model', [new File(['x'], 'a.png')], 'unsupported_format', /^a\.png cannot be imported/],
    [
      'two models',
      [controller, gltf],
      'unsupported_format',
      /^left\.glb and a\.gltf are both models/,
    ],
    ['an empty file', [new File([], 'a.glb')], 'empty', 'a.glb is empty.'],
    [
      'a file too large',
      [hugeFile()],
      'too_large',
      'huge.glb has 300 MiB; at most 256 MiB can be imported.',
    ],
  ])('S3: refuses %s before anything is read', async (_, files, code, message) => {
    const failure = await failureOf(
      importFile(files, { createWorker: () => expect.unreachable() }),
    );
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
  });

  it('tells of a file that can no longer be read', async () => {
    const file = new File(['x'], 'gone.glb');
    file.arrayBuffer = () => Promise.reject(new Error('it has changed'));
    const importing = importFile(file, { createWorker: () => new LocalWorker() });
    expect(await failureOf(importing)).toEqual({
      code: 'unreadable',
      message: 'gone.glb cannot be read (it has changed).',
    });
  });
});

function hugeFile(): File {
  const file = new File(['x'], 'huge.glb');
  Object.defineProperty(file, 'size', { value: 300 * 2 ** 20 });
  return file;
}
