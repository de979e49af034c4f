/**
 * One ECS with entities that have a position and a velocity, of three 32-bit floats each, and a query
 * over both that is kept up to date.
 */
export interface Subject {
  readonly label: string;
  /** position += velocity, for each entity. */
  readonly iterate: () => void;
  /** Other ways to do the same, by name. */
  readonly iterateOtherwise?: Readonly<Record<string, () => void>>;
  /** Adds a third component, of three floats, to each entity, then removes it from each. */
  readonly addAndRemove: () => void;
  /** Spawns as many entities again, with both components, then despawns them. */
  readonly spawnAndDespawn: () => void;
  /** Moves one entity in a hundred and visits those that were moved. */
  readonly trackChanges?: () => void;
}

export const DIRTY_STEP = 100;
export const STEP_SECONDS = 1 / 60;
