/** Files that a scene can be written into. */
export const EXPORT_FORMATS = ['theta', 'glb', 'obj', 'stl', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A file to be saved. */
export interface ExportedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The ending of its name, without a dot. */
  readonly extension: string;
  readonly mediaType: string;
}

export function isExportFormat(name: string): name is ExportFormat {
  return (EXPORT_FORMATS as readonly string[]).includes(name);
}
