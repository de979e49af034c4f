import type { Editor } from '../editor/editor.ts';
import { messageOf, ThetaError } from '../shared/errors.ts';
import type { AssetCache } from './assets/asset-cache.ts';
import { saveFile } from './download.ts';
import type { ExportedFile, ExportFormat } from './export/formats.ts';
import type { ClientSession } from './session/client-session.ts';

export interface ExportsOptions {
  readonly editor: Editor;
  readonly session: ClientSession;
  readonly assets: AssetCache;
}

export interface ExportRequest {
  readonly format: Exclude<ExportFormat, 'json'>;
  readonly selectionOnly: boolean;
}

/** Writing the scene into files, as a person sees it: what is lost is said before, progress, cancel. */
export class Exports {
  readonly #options: ExportsOptions;

  constructor(options: ExportsOptions) {
    this.#options = options;
  }

  /** What the format cannot hold, in sentences. */
  async losses(request: ExportRequest): Promise<readonly string[]> {
    const { lossesOf } = await import('./export/losses.ts');
    return lossesOf(request.format, this.#scene(request));
  }

  /** @throws {ThetaError} `cancelled`; {AssetError} for content that cannot be had */
  async write(request: ExportRequest, signal?: AbortSignal): Promise<ExportedFile> {
    const { editor } = this.#options;
    const cancel = new AbortController();
    signal?.addEventListener('abort', () => cancel.abort(), { once: true });
    const label = `Exporting ${request.format.toUpperCase()}`;
    const task = editor.startTask({ label, progress: null, cancel: () => cancel.abort() });
    try {
      const { exportScene } = await import('./export/export-scene.ts');
      return await exportScene(request.format, {
        ...this.#scene(request),
        signal: cancel.signal,
        onProgress: (fraction) => task.report(fraction),
      });
    } finally {
      task.end();
    }
  }

  /** Writes a file and hands it to the browser; what goes wrong is shown. */
  async save(request: ExportRequest): Promise<void> {
    const { editor } = this.#options;
    try {
      const { bytes, extension, mediaType } = await this.write(request);
      saveFile(`${this.#name(request)}.${extension}`, new Blob([bytes], { type: mediaType }));
    } catch (thrown) {
      if (thrown instanceof ThetaError && thrown.code === 'cancelled') return;
      editor.notify({ kind: 'error', text: `The file was not written: ${messageOf(thrown)}` });
    }
  }

  /** After the one object that is written, else after the application and the day. */
  #name({ selectionOnly }: ExportRequest): string {
    const { selection, inspector } = this.#options.editor;
    const { entities } = selection.getState();
    const { name } = inspector.getState();
    const single = selectionOnly && entities.length === 1 && typeof name === 'string' ? name : '';
    const fit = single.replaceAll(/[^\p{L}\p{N} _-]+/gu, '').trim();
    return fit || `Theta ${new Date().toISOString().slice(0, 10)}`;
  }

  #scene({ selectionOnly }: ExportRequest) {
    const { session, assets, editor } = this.#options;
    return {
      document: session.document,
      assets,
      content: (digest: string) => assets.bytes(digest),
      ...(selectionOnly && { roots: editor.selection.getState().entities }),
    };
  }
}
