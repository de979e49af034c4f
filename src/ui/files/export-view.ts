/** Files that people may have. */
export type SavedFormat = 'theta' | 'glb' | 'obj' | 'stl';

export interface SaveRequest {
  readonly format: SavedFormat;
  readonly selectionOnly: boolean;
}

/** Writing files, as the dialog needs it. */
export interface ExportView {
  /** What the format cannot hold of what would be written, in sentences. */
  losses(request: SaveRequest): Promise<readonly string[]>;
  /** Writes a file and saves it, with progress and cancel; what goes wrong is shown. */
  save(request: SaveRequest): Promise<void>;
}
