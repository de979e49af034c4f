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
  readonly addAndRemove?: () => void;
  /** Spawns as many entities again, with both components, then despawns them. */
  readonly spawnAndDespawn?: () => void;
  /** Moves one entity in a hundred and visits those that were moved. */
  readonly trackChanges?: () => void;
}

export const DIRTY_STEP = 100;
export const STEP_SECONDS = 1 / 60;

const FILES = ['raw', 'theta', 'theta-grown', 'bitecs', 'elics', 'koota'] as const;

/** Evaluates a file again at each import, see `createSubjects`. */
let instances = 0;

/**
 * Every subject with `count` entities. Each is made by a module instance of its own, so that an engine
 * sees each loop with one world, as it does in an application, and may take its arrays for constants.
 */
export async function createSubjects(count: number): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const file of FILES) {
    instances += 1;
    const { create } = (await import(`./${file}.ts?${instances}`)) as {
      create: (count: number) => Subject;
    };
    subjects.push(create(count));
  }
  return subjects;
}
