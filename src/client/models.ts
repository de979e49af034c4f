import type { CommandOutcome } from '../commands/local-transaction.ts';
import type { Editor, TaskHandle } from '../editor/editor.ts';
import { messageOf, ThetaError } from '../shared/errors.ts';
import type { AssetCache } from './assets/asset-cache.ts';
import type { BlobUploader } from './assets/blob-uploader.ts';
import type { ClientSession } from './session/client-session.ts';

export interface ModelsOptions {
  readonly editor: Editor;
  readonly session: ClientSession;
  readonly uploader: BlobUploader;
  readonly assets: AssetCache;
  /** Shows what was added. */
  readonly frame: (ids: readonly string[]) => void;
}

/** Importing model files as a person sees it: a task with progress and cancel, then the result. */
export class Models {
  readonly #options: ModelsOptions;

  constructor(options: ModelsOptions) {
    this.#options = options;
  }

  /** From the user's hand: what goes wrong is shown. */
  async importShown(files: readonly File[]): Promise<void> {
    try {
      await this.importFiles(files);
    } catch (thrown) {
      if (thrown instanceof ThetaError && thrown.code === 'cancelled') return;
      this.#options.editor.notify({ kind: 'error', text: messageOf(thrown) });
    }
  }

  /** @throws {ThetaError} with a sentence that names the file; then the scene is as it was */
  async importFiles(files: readonly File[]): Promise<CommandOutcome> {
    const { editor, session, uploader, assets, frame } = this.#options;
    if (session.role === 'viewer') {
      throw new ThetaError('role', 'Viewers cannot add files. Ask for an editor link.');
    }
    const cancel = new AbortController();
    const name = files.map((file) => file.name).join(', ');
    const task = editor.startTask({
      label: `Importing ${name}`,
      progress: null,
      cancel: () => cancel.abort(),
    });
    try {
      const [{ importFile, isProjectFile }, { addModel }] = await Promise.all([
        import('./import/import-file.ts'),
        import('./import/add-model.ts'),
      ]);
      const scene = files.find((file) => isProjectFile(file.name));
      if (scene) return await this.#openProject(scene, cancel.signal, task);
      const model = await importFile(files, {
        signal: cancel.signal,
        onProgress: (progress) => task.report(progress),
      });
      const added = await addModel(model, {
        pipeline: session.pipeline,
        uploader,
        assets,
        signal: cancel.signal,
        onProgress: (progress) => task.report(progress),
      });
      for (const text of model.warnings) editor.notify({ kind: 'info', text });
      // What has no shape yet cannot be framed.
      if (model.geometry) await assets.geometry(model.geometry.digest, 0);
      frame([added.root, ...added.entities]);
      const outcome = await added.issued.outcome;
      return { ...outcome, result: { root: added.root, entities: added.entities } };
    } catch (thrown) {
      throw naming(name, thrown);
    } finally {
      task.end();
    }
  }

  async #openProject(file: File, signal: AbortSignal, task: TaskHandle): Promise<CommandOutcome> {
    const { session, uploader, assets, frame } = this.#options;
    const [{ openProject }, { addProject }] = await Promise.all([
      import('./import/import-file.ts'),
      import('./project/add-project.ts'),
    ]);
    const onProgress = (progress: number | null): void => task.report(progress);
    const project = await openProject(file, { signal, onProgress });
    const { pipeline } = session;
    const added = await addProject(project, { pipeline, uploader, assets, signal, onProgress });
    frame(added.entities);
    const outcome = await added.issued.outcome;
    return { ...outcome, result: { root: added.roots[0], entities: added.entities } };
  }
}

/** What went wrong with these files, in a sentence that names them; the network's do not. */
function naming(name: string, thrown: unknown): unknown {
  const code = thrown instanceof ThetaError ? thrown.code : 'failed';
  const message = messageOf(thrown);
  if (code === 'cancelled' || message.includes(name)) return thrown;
  return new ThetaError(code, `${name} could not be added: ${message}`, { cause: thrown });
}
