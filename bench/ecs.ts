import { Scheduler } from '../src/ecs/schedule.ts';
import { type Clock, systemClock } from '../src/shared/clock.ts';
import { createSubjects, DIRTY_STEP, STEP_SECONDS, type Subject } from './ecs-subjects/subject.ts';
import { createThetaWorld, Position, Velocity } from './ecs-subjects/theta.ts';
import {
  type BenchOptions,
  type BenchReport,
  type BenchRow,
  bytesOf,
  type Contestant,
  collectGarbage,
  isMain,
  type Measurement,
  measure,
  measurementOf,
  printReport,
  ratioOf,
  timeRow,
  type Verdict,
} from './harness.ts';

const COUNTS = [10_000, 100_000] as const;
interface Goal {
  readonly of: string;
  readonly against: string;
  /** The largest cost, as a share of theirs. */
  readonly most?: number;
  /** The smallest gain: their cost as a share of ours. */
  readonly least?: number;
}

const ITERATE_MOST = 1.25;
const GOALS = {
  iterate: [
    { of: 'theta', against: 'raw arrays', most: ITERATE_MOST },
    { of: 'theta, grown', against: 'raw arrays, growable', most: ITERATE_MOST },
  ],
  addAndRemove: [{ of: 'theta', against: 'elics', least: 3 }],
  spawnAndDespawn: [{ of: 'theta', against: 'bitecs', least: 2 }],
  trackChanges: [{ of: 'theta', against: 'bitecs', least: 10 }],
} as const satisfies Record<string, readonly Goal[]>;
type Task = keyof typeof GOALS;

const TASK_LABELS: Readonly<Record<Task, string>> = {
  iterate: 'iterate and update an entity',
  addAndRemove: 'add or remove a component',
  spawnAndDespawn: 'spawn and despawn an entity',
  trackChanges: 'a changed entity, 1 % dirty',
};

const MOST_BYTES = 64;
const MOST_BYTES_A_FRAME = 1;
const SLOWEST_GROWTH = 2;

/** Theta's ECS beside raw arrays, bitECS, EliCS and koota. */
export async function run(options: BenchOptions): Promise<BenchReport> {
  const rows: BenchRow[] = [];
  for (const task of Object.keys(GOALS) as Task[]) {
    for (const count of COUNTS) rows.push(...(await timings(task, count, options)));
  }
  // Last, since these worlds grow: see the notes.
  rows.push(...changesFollowChanges(options));
  for (const count of COUNTS) rows.push(memory(count), steadyFrame(count, options));
  const notes = [
    'Medians of rounds that take turns in one process; the range is from the first to the third quartile; a ratio is the median of the rounds’ ratios.',
    'An engine may compile constant arrays into a loop, but not those of a world that grew: “growable” arrays are what that compares with.',
    'A frame’s garbage leaves out its clock: each performance.now() makes a number of 16 bytes on the heap, whatever the scene.',
    `A steady frame moves every entity, touches one in ${DIRTY_STEP}, reads the changes and walks a query, through the scheduler.`,
  ];
  return { name: 'ECS', rows, notes };
}

/** In worlds of their own: what one task leaves behind burdens some of them in the next. */
async function timings(task: Task, count: number, options: BenchOptions): Promise<BenchRow[]> {
  const subjects = await createSubjects(count);
  const contestants = subjects.flatMap((subject) => contestantsOf(subject, task, count));
  return verdicts(task, count, measure(contestants, options));
}

function contestantsOf(subject: Subject, task: Task, count: number): Contestant[] {
  const { label } = subject;
  const perRun = { iterate: count, addAndRemove: 2 * count, spawnAndDespawn: count };
  const operations = task === 'trackChanges' ? count / DIRTY_STEP : perRun[task];
  const work = subject[task];
  const contestants = work === undefined ? [] : [{ label, operations, run: work }];
  if (task !== 'iterate') return contestants;
  for (const [way, otherwise] of Object.entries(subject.iterateOtherwise ?? {})) {
    contestants.push({ label: `${label}, ${way}`, operations, run: otherwise });
  }
  return contestants;
}

function verdicts(task: Task, count: number, measurements: readonly Measurement[]): BenchRow[] {
  const goals: readonly Goal[] = GOALS[task];
  return measurements.map((each) => {
    const goal = goals.find(({ of }) => of === each.label);
    const verdict = goal === undefined ? {} : judge(each, goal, measurements);
    return timeRow(`${count} · ${TASK_LABELS[task]}`, each, verdict);
  });
}

function judge(ours: Measurement, goal: Goal, measurements: readonly Measurement[]): Verdict {
  const theirs = measurementOf(measurements, goal.against);
  const { most = Infinity, least } = goal;
  if (least === undefined) {
    const ratio = ratioOf(ours, theirs);
    return { ratio, goal: `≤ ${most} × ${goal.against}`, pass: ratio <= most };
  }
  const ratio = ratioOf(theirs, ours);
  return { ratio, goal: `≥ ${least} × faster than ${goal.against}`, pass: ratio >= least };
}

function memory(count: number): BenchRow {
  const build = (): unknown => {
    const { world } = createThetaWorld(count);
    const query = world.query({ all: [Position, Velocity] });
    return [world, query.entities.length, world.observe(Position)];
  };
  build();
  // The list of handles that the benchmark itself keeps is garbage by then.
  const value = bytesOf(build) / count;
  return {
    label: `${count} · an entity with position and velocity, a query and a reader`,
    value,
    unit: 'B',
    goal: `≤ ${MOST_BYTES} B`,
    pass: value <= MOST_BYTES,
  };
}

/** F2: what a steady frame leaves for the garbage collector. */
function steadyFrame(count: number, options: BenchOptions): BenchRow {
  const frames = options.quick ? 200 : 2000;
  const frame = createFrame(count);
  // The least of some windows: compiling leaves garbage, too.
  const windows = Array.from({ length: 6 }, () => garbageOf(frame, frames));
  const value = Math.min(...windows) / frames;
  return {
    label: `${count} · garbage of a steady frame`,
    value,
    unit: 'B',
    goal: `≤ ${MOST_BYTES_A_FRAME} B a frame over ${frames} frames (F2)`,
    pass: value <= MOST_BYTES_A_FRAME,
  };
}

function garbageOf(frame: () => void, frames: number): number {
  collectGarbage();
  const before = process.memoryUsage();
  for (let i = 0; i < frames; i++) frame();
  const after = process.memoryUsage();
  return Math.max(0, after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers);
}

/** Ticks once a call, in small integers. */
function createCountingClock(): Clock {
  let ticks = 0;
  const now = (): number => {
    ticks += 1;
    return ticks;
  };
  return { ...systemClock, now };
}

function createFrame(count: number): () => void {
  const { world, entities } = createThetaWorld(count);
  const scheduler = new Scheduler({ world, clock: createCountingClock() });
  const moving = world.query({ all: [Position, Velocity] });
  const [positions, velocities] = [world.columns(Position), world.columns(Velocity)];
  const moved = world.observe(Position);
  const visit = createCounter();
  const moveRun = (first: number, end: number): void => {
    const position = positions.at;
    const velocity = velocities.by;
    for (let at = first * 3; at < end * 3; at++) position[at]! += velocity[at]! * STEP_SECONDS;
  };
  const access = { reads: [Velocity], writes: [Position] };
  scheduler.addSystem({
    name: 'move',
    stage: 'simulation',
    ...access,
    run: () => moving.forEachRun(moveRun),
  });
  scheduler.addSystem({
    name: 'touch',
    stage: 'simulation',
    ...access,
    run: () => {
      for (let i = 0; i < count; i += DIRTY_STEP) world.touch(entities[i]!, Position);
    },
  });
  scheduler.addSystem({ name: 'read', stage: 'render', ...access, run: () => moved.read(visit) });
  scheduler.addSystem({
    name: 'walk',
    stage: 'editor',
    ...access,
    run: () => moving.forEach(visit),
  });
  return () => {
    scheduler.advance(STEP_SECONDS);
    scheduler.run('simulation');
    scheduler.run('render');
    scheduler.run('editor');
  };
}

/** Something to do with an entity that the compiler cannot leave out. */
function createCounter(): () => void {
  const count = new Float64Array(1);
  return () => {
    count[0]! += 1;
  };
}

/** The same number of changes in a world of ten times the size must not cost ten times as much. */
function changesFollowChanges(options: BenchOptions): BenchRow[] {
  const changes = 100;
  const contestants = [10_000, 1_000_000].map((count) => ({
    label: `${changes} changes among ${count}`,
    operations: changes,
    run: createTouches(count, changes),
  }));
  const [small, large] = measure(contestants, options) as [Measurement, Measurement];
  const ratio = ratioOf(large, small);
  const goal = `≤ ${SLOWEST_GROWTH} × for 100 × the entities`;
  return [
    timeRow('a changed entity', small),
    timeRow('a changed entity', large, { ratio, goal, pass: ratio <= SLOWEST_GROWTH }),
  ];
}

function createTouches(count: number, changes: number): () => void {
  const { world, entities } = createThetaWorld(count);
  const moved = world.observe(Position);
  const visit = createCounter();
  const step = count / changes;
  return () => {
    for (let i = 0; i < count; i += step) world.touch(entities[i]!, Position);
    moved.read(visit);
  };
}

if (isMain(import.meta.url)) printReport(await run({ quick: process.argv.includes('--quick') }));
