import type { Clock } from '../shared/clock.ts';
import type { ContentPort } from './clipboard/clip-assets.ts';
import type { DrawnMesh } from './hands/stroke-mesh.ts';
import type { ImagePort } from './materials/textures.ts';
import type { CommandParams, SessionPort } from './session-port.ts';
import type { Person } from './stores/states.ts';

/** Commands that are shown to the others and never stored. */
export type EphemeralType =
  | 'selection.highlight'
  | 'tool.activate'
  | 'tool.deactivate'
  | 'view.follow'
  | 'view.gather';

/** The part of `navigator.clipboard` that is used. */
export interface ClipboardPort {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
}

/** Brings meshes that were made here into the scene: their bytes to the server first. */
export interface MeshPort {
  /** Whether the server can be asked now. */
  readonly available: boolean;
  /**
   * One undo step of that label; the id of the entity that was made.
   * @throws {ThetaError} with a sentence, when nothing was made
   */
  add(name: string, mesh: DrawnMesh, color: readonly number[] | undefined): Promise<string>;
}

/** What `createEditor` is given by the composition root. */
export interface EditorOptions {
  readonly session: SessionPort;
  /** This replica's user. */
  readonly self: Person;
  /** Without it a paste takes everything for another session's. */
  readonly sessionId?: string;
  readonly clock?: Clock;
  /** Decides between Cmd and Ctrl. */
  readonly platform?: 'mac' | 'other';
  /** Sends an ephemeral command; without it the others see neither selection nor tool. */
  readonly announce?: (type: EphemeralType, params: CommandParams) => void;
  /** Without it models and images do not come along from another session. */
  readonly contents?: ContentPort;
  /** Without it there is no copying by key. */
  readonly clipboard?: ClipboardPort;
  /** Without it there are no textures to see or to add. */
  readonly images?: ImagePort;
  /** Without it nothing can be drawn freely in space. */
  readonly meshes?: MeshPort;
  /** Asks for files to import. */
  readonly importFiles?: () => void;
}
