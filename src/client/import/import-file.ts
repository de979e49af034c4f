import { ThetaError } from '../../shared/errors.ts';
import type { ReadProject } from '../project/read-project.ts';
import { extensionOf } from './dropped-files.ts';
import { IMPORT_LIMITS } from './import-limits.ts';
import { fileTooLarge, type ImportProgress, importError } from './import-run.ts';
import type { ImportedModel } from './imported-model.ts';
import type { ImportReply, ImportRequest, ImportSource } from './worker-messages.ts';

/** As much of a `Worker` as an import needs. */
export interface ImportWorker {
  onmessage: ((event: MessageEvent<ImportReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: ImportRequest): void;
  terminate(): void;
}

export interface ImportFileOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: ImportProgress;
  /** For tests; the page's own worker otherwise. */
  readonly createWorker?: () => ImportWorker;
}

/** Formats that can be imported, by the endings of their files. */
export const MODEL_EXTENSIONS: readonly string[] = ['glb', 'gltf', 'obj', 'stl', 'ply'];

/** For the `accept` of a file input: models and what may come along with them. */
export const ACCEPTED_FILES = '.theta,.glb,.gltf,.obj,.mtl,.stl,.ply,.bin,.png,.jpg,.jpeg,.webp';

/**
 * Reads a model file in a worker of its own. Of several files the one model among them is read, and
 * it may refer to the others by name. Nothing is left behind when it fails or is aborted.
 * @throws {ThetaError<ImportCode>} whose message is a sentence that names the file; `cancelled` when
 * the signal was aborted
 */
export async function importFile(
  files: ImportSource | readonly ImportSource[],
  options: ImportFileOptions = {},
): Promise<ImportedModel> {
  const sources = isList(files) ? files : [files];
  const model = modelAmong(sources);
  const companions = sources.filter((source) => source !== model);
  checkSize(model, companions);
  const reply = await runWorker({ model, companions }, options);
  if (reply.type === 'done') return reply.model;
  throw importError('unsupported_format', model.name, 'is a whole scene');
}

/** Reads a `.theta` file, as `importFile` does a model. */
export async function openProject(
  source: ImportSource,
  options: ImportFileOptions = {},
): Promise<ReadProject> {
  checkSize(source, []);
  const reply = await runWorker({ model: source, companions: [] }, options);
  if (reply.type === 'opened') return reply.project;
  throw importError('unsupported_format', source.name, 'is no .theta file');
}

/** Whether a file is a whole scene by its name. */
export function isProjectFile(name: string): boolean {
  return extensionOf(name) === 'theta';
}

function isList(files: ImportSource | readonly ImportSource[]): files is readonly ImportSource[] {
  return Array.isArray(files);
}

/** Whether the name has the ending of a format that can be imported. */
export function isModelFile(name: string): boolean {
  return MODEL_EXTENSIONS.includes(extensionOf(name));
}

function modelAmong(sources: readonly ImportSource[]): ImportSource {
  const models = sources.filter((source) => isModelFile(source.name));
  const [model, second] = models;
  if (model !== undefined && second === undefined) return model;
  const [first] = sources;
  if (first === undefined) {
    throw new ThetaError('unsupported_format', 'There is no file to import.');
  }
  const fault =
    model === undefined
      ? 'cannot be imported: choose a .glb, .gltf, .obj, .stl or .ply file'
      : `and ${second!.name} are both models; import one at a time`;
  throw importError('unsupported_format', (model ?? first).name, fault);
}

/** Before anything is read into memory. */
function checkSize(model: ImportSource, companions: readonly ImportSource[]): void {
  const bytes = [model, ...companions].reduce((sum, source) => sum + sizeOf(source), 0);
  if (bytes > IMPORT_LIMITS.fileBytes) throw fileTooLarge(model.name, bytes);
  if (sizeOf(model) === 0) throw importError('empty', model.name, 'is empty');
}

function sizeOf(source: ImportSource): number {
  return source instanceof Blob ? source.size : source.bytes.length;
}

type Result = Extract<ImportReply, { type: 'done' | 'opened' }>;

function runWorker(request: ImportRequest, options: ImportFileOptions): Promise<Result> {
  const { signal, onProgress } = options;
  const name = request.model.name;
  const cancelled = () => importError('cancelled', name, 'was not imported: it was cancelled');
  if (signal?.aborted) return Promise.reject(cancelled());
  const worker = (options.createWorker ?? createImportWorker)();
  const abort = new AbortController();
  return new Promise<Result>((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(cancelled()), { signal: abort.signal });
    worker.onerror = (event) => {
      reject(importError('worker_failed', name, `could not be imported (${event.message})`));
    };
    worker.onmessage = ({ data }) => {
      if (data.type === 'progress') onProgress?.(data.fraction, data.label);
      else if (data.type === 'failed') reject(new ThetaError(data.code, data.message));
      else resolve(data);
    };
    worker.postMessage(request);
  }).finally(() => {
    abort.abort();
    worker.terminate();
  });
}

function createImportWorker(): ImportWorker {
  return new Worker(new URL('./import-worker.ts', import.meta.url), {
    type: 'module',
    name: 'theta-import',
  });
}
