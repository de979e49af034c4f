export interface FetchedFile {
  readonly file: string;
  /** Gzipped. */
  readonly bytes: number;
}

export const FIRST_LOAD_BUDGET: number;

export const FIRST_PARTS: Readonly<Record<'webgl' | 'webgpu', readonly string[]>>;

export function firstLoadOf(dist: string, parts: readonly string[]): Promise<FetchedFile[]>;

export function checkFirstLoad(dist: string): Promise<boolean>;

export function sumOf(files: readonly FetchedFile[]): number;
