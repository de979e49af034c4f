import { ThetaError } from '../../shared/errors.ts';
import { IMPORT_LIMITS, type ImportLimits } from './import-limits.ts';

/** Why a file was not imported. */
export type ImportCode =
  | 'unsupported_format'
  | 'unreadable'
  | 'empty'
  | 'cut_off'
  | 'malformed'
  | 'too_large'
  | 'missing_file'
  | 'refused_address'
  | 'out_of_range'
  | 'cycle'
  | 'not_finite'
  | 'bad_image'
  | 'unsupported_feature'
  | 'nothing_to_import'
  | 'cancelled'
  | 'worker_failed';

/** `fraction` is 0…1, or `null` where nobody knows how much is left. */
export type ImportProgress = (fraction: number | null, label: string) => void;

export interface ImportRunOptions {
  readonly limits?: ImportLimits;
  readonly onProgress?: ImportProgress;
  /** Fetches Draco's decoder, where it cannot find that by itself: in a browser. */
  readonly dracoWasm?: () => Promise<ArrayBuffer>;
}

/** A sentence about a file: `import "broken.glb", "is empty"`. */
export function importError(
  code: ImportCode,
  file: string,
  fault: string,
  options?: ErrorOptions,
): ThetaError<ImportCode> {
  return new ThetaError<ImportCode>(code, `${file} ${fault}.`, options);
}

const MEBIBYTE = 2 ** 20;

/** The fault of a file that, with what came along, is over the limit. */
export function fileTooLarge(
  file: string,
  bytes: number,
  limits: ImportLimits = IMPORT_LIMITS,
): ThetaError<ImportCode> {
  const most = Math.round(limits.fileBytes / MEBIBYTE);
  const size = Math.ceil(bytes / MEBIBYTE);
  return importError('too_large', file, `has ${size} MiB; at most ${most} MiB can be imported`);
}

/** One import on its way: whose faults it names, what it may hold, and what it left out so far. */
export class ImportRun {
  /** The name of the file that is imported. */
  readonly file: string;
  readonly limits: ImportLimits;
  readonly dracoWasm: ImportRunOptions['dracoWasm'];
  readonly #onProgress: ImportProgress;
  #told = '';
  readonly #warnings = new Set<string>();

  constructor(file: string, options: ImportRunOptions = {}) {
    this.file = file;
    this.limits = options.limits ?? IMPORT_LIMITS;
    this.dracoWasm = options.dracoWasm;
    this.#onProgress = options.onProgress ?? (() => undefined);
  }

  /** What was left out, each said once. */
  get warnings(): readonly string[] {
    return [...this.#warnings];
  }

  /** Tells how far it is, at most once for each hundredth. */
  progress(fraction: number | null, label: string): void {
    const rounded = fraction === null ? null : Math.round(fraction * 100) / 100;
    const told = `${rounded} ${label}`;
    if (told === this.#told) return;
    this.#told = told;
    this.#onProgress(rounded, label);
  }

  warn(sentence: string): void {
    this.#warnings.add(sentence);
  }

  /** The error to throw; `fault` goes on after the file's name and has no full stop. */
  fault(code: ImportCode, fault: string, options?: ErrorOptions): ThetaError<ImportCode> {
    return importError(code, this.file, fault, options);
  }
}
