import type { Bytes } from '../../shared/bytes.ts';
import type { ImportRun } from './import-run.ts';

/** A file's bytes and its name, or its path among the files that came together. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Bytes;
}

/** `https:`, `file:`, `blob:` and the like; a single letter is a Windows drive. */
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** The files that came along with a model, by the addresses under which it names them. */
export class DroppedFiles {
  readonly #run: ImportRun;
  readonly #byPath = new Map<string, NamedBytes>();
  readonly #byBaseName = new Map<string, NamedBytes[]>();

  constructor(run: ImportRun, files: readonly NamedBytes[]) {
    this.#run = run;
    for (const file of files) {
      this.#byPath.set(file.name.toLowerCase(), file);
      const base = baseName(file.name).toLowerCase();
      this.#byBaseName.set(base, [...(this.#byBaseName.get(base) ?? []), file]);
    }
  }

  /**
   * The file that a relative address names. Browsers drop the folders of dropped files, so that the
   * last part of the address is enough where only one file has it.
   * @throws {ThetaError<ImportCode>} `refused_address` for one that leads elsewhere, `missing_file`
   */
  get(address: string): NamedBytes {
    const file = this.find(address);
    if (file !== undefined) return file;
    const fault = `needs "${shown(address)}", which did not come along; import both together`;
    throw this.#run.fault('missing_file', fault);
  }

  /** As `get`, but `undefined` for a file that did not come along. */
  find(address: string): NamedBytes | undefined {
    const path = this.#relativePath(address);
    return this.#byPath.get(path) ?? this.findByName(path);
  }

  /**
   * The one file that has the last part of the path as its name, wherever it is. MTL files often hold
   * absolute paths of the machine that they were made on.
   */
  findByName(path: string): NamedBytes | undefined {
    const sameName = this.#byBaseName.get(baseName(path).toLowerCase()) ?? [];
    return sameName.length === 1 ? sameName[0] : undefined;
  }

  #relativePath(address: string): string {
    const path = decodeAddress(address).replaceAll('\\', '/');
    const parts = path.split('/').filter((part) => part !== '.');
    if (SCHEME.test(path) || path.startsWith('/') || parts.includes('..')) {
      const fault = `refers to "${shown(address)}"; only files that come along with it are read`;
      throw this.#run.fault('refused_address', fault);
    }
    return parts.join('/').toLowerCase();
  }
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** The name without folders and without its ending. */
export function stemOf(path: string): string {
  const base = baseName(path);
  const dot = base.lastIndexOf('.');
  return dot > 0 ? base.slice(0, dot) : base;
}

/** The ending in lower case, without its dot; empty for none. */
export function extensionOf(path: string): string {
  const base = baseName(path);
  const dot = base.lastIndexOf('.');
  return dot === -1 ? '' : base.slice(dot + 1).toLowerCase();
}

function decodeAddress(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address; // A file's name with a bare % in it, as many exporters write.
  }
}

const SHOWN_CHARACTERS = 120;

function shown(address: string): string {
  return address.length > SHOWN_CHARACTERS ? `${address.slice(0, SHOWN_CHARACTERS)}…` : address;
}
