import type { ReadProject } from '../project/read-project.ts';
import type { ImportCode } from './import-run.ts';
import type { ImportedModel } from './imported-model.ts';

/** A file to read: as the browser gave it, or its bytes. */
export type ImportSource =
  | File
  | { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** What the page asks of the worker, once. */
export interface ImportRequest {
  readonly model: ImportSource;
  readonly companions: readonly ImportSource[];
}

/** What the worker answers: any number of `progress`, then one of the others. */
export type ImportReply =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly label: string }
  | { readonly type: 'done'; readonly model: ImportedModel }
  | { readonly type: 'opened'; readonly project: ReadProject }
  | { readonly type: 'failed'; readonly code: ImportCode; readonly message: string };
