import { messageOf, ThetaError } from '../../shared/errors.ts';
import { readProject } from '../project/read-project.ts';
import { extensionOf, type NamedBytes } from './dropped-files.ts';
import { type ImportCode, type ImportProgress, ImportRun, importError } from './import-run.ts';
import type { ImportedModel } from './imported-model.ts';
import { parseModel } from './parse-model.ts';
import type { ImportReply, ImportRequest, ImportSource } from './worker-messages.ts';

export type PostReply = (reply: ImportReply, transfer: Transferable[]) => void;

/** The worker's work: reads the files, parses the model and answers; never rejects. */
export async function serveImport(
  request: ImportRequest,
  post: PostReply,
  dracoWasm?: () => Promise<ArrayBuffer>,
): Promise<void> {
  try {
    const model = await readSource(request.model);
    const onProgress: ImportProgress = (fraction, label) =>
      post({ type: 'progress', fraction, label }, []);
    if (extensionOf(model.name) === 'theta') {
      const project = await readProject(model.bytes, new ImportRun(model.name, { onProgress }));
      post(
        { type: 'opened', project },
        [...project.contents.values()].map(({ buffer }) => buffer),
      );
      return;
    }
    const companions = await Promise.all(request.companions.map(readSource));
    const parsed = await parseModel(model, companions, {
      onProgress,
      ...(dracoWasm && { dracoWasm }),
    });
    post({ type: 'done', model: parsed }, buffersOf(parsed));
  } catch (thrown) {
    post(failure(request.model.name, thrown), []);
  }
}

/**
 * The bytes of a source.
 * @throws {ThetaError<ImportCode>} `unreadable`, as when a file changed after it was chosen
 */
export async function readSource(source: ImportSource): Promise<NamedBytes> {
  if (!(source instanceof Blob)) return source;
  // A folder's files have their path; the name alone would lose it.
  const name = source.webkitRelativePath || source.name;
  try {
    return { name, bytes: new Uint8Array(await source.arrayBuffer()) };
  } catch (cause) {
    const fault = `cannot be read (${messageOf(cause)})`;
    throw importError('unreadable', source.name, fault, { cause });
  }
}

function failure(file: string, thrown: unknown): ImportReply {
  if (thrown instanceof ThetaError) {
    return { type: 'failed', code: thrown.code as ImportCode, message: thrown.message };
  }
  // Memory that ran out, above all: a RangeError of an allocation.
  const { code, message } = importError(
    'worker_failed',
    file,
    `could not be imported (${messageOf(thrown)})`,
  );
  return { type: 'failed', code: code as ImportCode, message };
}

/** What is handed over without a copy. */
function buffersOf(model: ImportedModel): Transferable[] {
  const buffers = model.textures.map((texture) => texture.bytes.buffer);
  return model.geometry === undefined ? buffers : [model.geometry.bytes.buffer, ...buffers];
}
