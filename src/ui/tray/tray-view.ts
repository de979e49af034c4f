import type { StoreApi } from 'zustand';

/** A step that the session did not take. */
export interface TrayEntry {
  readonly id: string;
  /** What was done, to which objects. */
  readonly label: string;
  /** Why it was not taken, in words. */
  readonly reason: string;
  /** Somebody's newer edit came before it, rather than a refusal. */
  readonly superseded: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Whether it can be tried again. */
  readonly readable: boolean;
}

/** O4: one's own steps that the session did not take, and what one can do about each. */
export interface TrayView {
  /** Oldest first. */
  readonly entries: StoreApi<{ readonly items: readonly TrayEntry[] }>;
  tryAgain(ids: readonly string[]): void;
  /** Saves them as a file. */
  save(ids: readonly string[]): void;
  drop(ids: readonly string[]): void;
}
