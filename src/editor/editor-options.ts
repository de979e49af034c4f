import type { Clock } from '../shared/clock.ts';
import type { SessionPort } from './session-port.ts';
import type { Person } from './stores/states.ts';

/** What `createEditor` is given by the composition root. */
export interface EditorOptions {
  readonly session: SessionPort;
  /** This replica's user. */
  readonly self: Person;
  readonly clock?: Clock;
  /** Decides between Cmd and Ctrl. */
  readonly platform?: 'mac' | 'other';
  /** Asks for a name of the entity in place of `prompt`: opens the outliner's row for editing. */
  readonly startRename?: () => void;
  /** Opens what shows the session's links. */
  readonly share?: () => void;
  /** Asks for files to import. */
  readonly importFiles?: () => void;
}
