import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../../../ecs/entity.ts';
import { LocalSession, SCOPE_CHANGED } from '../../../editor/testing/local-session.ts';
import type { ClientSession } from '../../session/client-session.ts';
import { ThetaApi, type ThetaApiParts } from '../theta-api.ts';
import { type Ended, ScriptAnswers } from './answer-scripts.ts';
import { type ScriptPort, serveScripts } from './serve-scripts.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A session of this process, and a sandbox that is parted from it by a port, as in the browser. */
function setUp() {
  const session = new LocalSession();
  const selected: Entity[][] = [];
  const audited: unknown[] = [];
  const theta = new ThetaApi({
    session: asClientSession(session),
    sessionId: 'here',
    author: 'ada',
    editor: { select: (entities: Entity[]) => selected.push(entities) },
    auditHistory: (call: { onProgress?(part: number): void; signal?: AbortSignal }) => {
      audited.push(call.signal);
      call.onProgress?.(0.5);
      return Promise.resolve({ entries: 1 });
    },
    writeFile: () => Promise.resolve(new Uint8Array([1, 2])),
    frame: () => ({}),
    viewpoint: () => ({ position: [0, 0, 0] }),
    renderer: () => 'webgl',
    headset: () => ({ vr: false }),
  } as unknown as ThetaApiParts);
  session.pipeline.onChange(() => theta.emit('change'));
  const printed: string[] = [];
  const { port1, port2 } = new MessageChannel();
  const answers = new ScriptAnswers({
    theta,
    document: session.document,
    port: port1 as unknown as ScriptPort,
    listener: {
      onPrint: (level, { text }) => printed.push(level === 'log' ? text : `${level}: ${text}`),
      onClear: () => printed.splice(0),
      onNames: () => undefined,
    },
  });
  serveScripts(port2 as unknown as ScriptPort);
  closing.push(() => {
    answers.dispose('The test is over.');
    port1.close();
    port2.close();
  });
  const run = (source: string): Promise<Ended> => answers.run(source);
  return { session, theta, run, printed, selected, audited, answers };
}

/** What the pipeline refuses is refused at once; what it takes, the server accepts at once. */
function asClientSession(session: LocalSession): ClientSession {
  const { pipeline, document } = session;
  return {
    document,
    pipeline,
    peers: { all: [] },
    counters: { conflicts: {}, acceptedByAuthor: new Map() },
    role: 'editor',
    status: 'connected',
    pending: 0,
    seq: 0,
    worldHash: () => 'hash',
    outbox: { flush: () => Promise.resolve() },
  } as unknown as ClientSession;
}

const textOf = async (ended: Promise<Ended>) => {
  const { result, error } = await ended;
  return error ?? result?.text;
};

describe('a script', () => {
  it('reads at once what the session has', async () => {
    const { session, run } = setUp();
    session.create({ name: 'Box', components: { primitive: { kind: 'box' } } });
    session.create({ name: 'Gold', components: { sharedMaterial: {}, material: {} } });
    const text = await textOf(
      run('theta.entities().map(theta.get).map((e) => [e.name.value, e.primitive.kind])'),
    );
    expect(text).toBe("[['Box', 'box']]");
    expect(await textOf(run('theta.session.role'))).toBe("'editor'");
    expect(await textOf(run('theta.renderer'))).toBe("'webgl'");
    expect(await textOf(run('theta.worldHash()'))).toBe("'hash'");
    expect(await textOf(run("theta.commands.some((c) => c.type === 'entity.create')"))).toBe(
      'true',
    );
    expect(await textOf(run("theta.get('nobody')"))).toBeUndefined();
  });

  it('edits, and sees what came of it when it was answered', async () => {
    const { session, run } = setUp();
    const ended = run(`
      const made = await theta.execute('entity.create', { name: 'Lamp' });
      const seen = theta.get(made.result.entity).name.value;
      await theta.execute('entity.delete', { entities: [made.result.entity] });
      [made.status, seen, theta.entities().length]`);
    await answering(session, 2);
    expect(await textOf(ended)).toBe("['accepted', 'Lamp', 0]");
  });

  it('sees a child move up when the one between is gone (O7), and an edit that is taken back', async () => {
    const { session, run } = setUp();
    const group = session.create({ name: 'Group' });
    const parent = session.document.idOf(group);
    session.create({ name: 'Child', parent });
    const parents = () =>
      textOf(run('theta.entities().map((id) => theta.get(id).parent !== null)'));
    expect(await parents()).toBe('[false, true]');
    session.answer();
    session.answer();
    session.delete(group);
    expect(await textOf(run('theta.entities().length'))).toBe('0');
    session.answer(SCOPE_CHANGED);
    expect(await parents()).toBe('[false, true]');
  });

  it('is told why it was refused, and goes on', async () => {
    const { run } = setUp();
    const source = `const { status, code } = await theta.execute('transform.set', { entity: 'x' });
      [status, code]`;
    expect(await textOf(run(source))).toBe("['rejected', 'invalid_params']");
  });

  it('fills a transaction with what its own commands make', async () => {
    const { session, run, selected } = setUp();
    const ended = run(`
      let top, copy;
      const done = await theta.transaction('Tower', (tx) => {
        top = tx.execute('entity.create', { name: 'Tower' }).entity;
        tx.execute('entity.create', { name: 'Floor', parent: top });
        [copy] = tx.execute('entity.duplicate', { entities: [top] }).entities;
        tx.execute('entity.rename', { entity: copy, name: 'Copy' });
      });
      theta.select([top]);
      [done.status, theta.get(top).name.value, theta.get(copy).name.value, theta.entities().length]`);
    await answering(session, 1);
    expect(await textOf(ended)).toBe("['accepted', 'Tower', 'Copy', 4]");
    expect(selected).toHaveLength(1);
    expect(selected[0]).toHaveLength(1);
    expect(await textOf(run('top'))).toMatch(/^'[0-9a-f]{16}-1-\d+'$/);
  });

  it('takes back a transaction that throws or cannot be carried out', async () => {
    const { run, session } = setUp();
    const thrown = run(`await theta.transaction('T', (tx) => {
      tx.execute('entity.create', {});
      throw new RangeError('no');
    })`);
    expect(await textOf(thrown)).toBe('RangeError: no');
    const refused = run(`const { status } = await theta.transaction('T', (tx) => {
      tx.execute('entity.create', {});
      tx.execute('entity.rename', { entity: 'x', name: 'y' });
    });
    status`);
    expect(await textOf(refused)).toBe("'rejected'");
    expect(session.sent).toHaveLength(0);
  });

  it('listens until it stops, and may hand functions and signals over', async () => {
    const { run, printed, session, audited } = setUp();
    await run("const stop = theta.on('change', () => console.log('changed'));");
    session.create();
    await run("console.log('one')");
    await run('stop()');
    session.create();
    await run("console.log('two')");
    expect(printed.filter((line) => line === 'changed').length).toBeGreaterThan(0);
    expect(printed.at(-1)).toBe('two');
    const report = run(`const leaving = new AbortController();
      await theta.verifyHistory({ onProgress: console.log, signal: leaving.signal })`);
    expect(await textOf(report)).toBe('{ entries: 1 }');
    expect(printed.at(-1)).toBe('0.5');
    await run('leaving.abort()');
    expect((audited[0] as AbortSignal).aborted).toBe(true);
  });

  it('gets files across', async () => {
    const { run } = setUp();
    expect(await textOf(run("await theta.exportScene('glb')"))).toBe('Uint8Array(2) [1, 2]');
    expect(await textOf(run("(await theta.exportScene('x').catch((e) => e)).code"))).toBe(
      "'unknown_format'",
    );
  });

  it('is told of by its error when it fails, wherever that is', async () => {
    const { run } = setUp();
    expect(await textOf(run('nobody.x'))).toBe('ReferenceError: nobody is not defined');
    expect(await textOf(run('('))).toMatch(/^SyntaxError: /);
    expect(await textOf(run("await theta.execute('x', () => 1)"))).toContain('rejected');
    expect(await textOf(run("await theta.execute(Symbol('x'))"))).toMatch(/could not be cloned/);
  });

  it('prints values as text, by level, and no more than can be read', async () => {
    const { run, printed } = setUp();
    await run(
      "console.log('a', { b: 1 }); console.warn('careful'); console.error(new Error('no'))",
    );
    expect(printed).toEqual(['a { b: 1 }', 'warn: careful', 'error: Error: no']);
    expect(await textOf(run('theta'))).toContain('theta.get(id)');
    await run('console.clear(); console.table([{ a: 1 }]); console.assert(false, 2)');
    expect(printed).toEqual(['   a\n0  1', 'error: Assertion failed: 2']);
    await run('for (let i = 0; i < 5000; i++) console.log(i)');
    await run('0');
    expect(printed.length).toBeLessThan(2100);
    expect(printed.at(-1)).toMatch(/^warn: \d+ lines were left out/);
  });

  it('can ask for nothing but what is meant for it', async () => {
    const { answers, run } = setUp();
    await answers.ready;
    expect(await textOf(run('theta.emit'))).toBeUndefined();
    expect(await textOf(run("theta.on('constructor', () => 1)()"))).toBeUndefined();
  });

  it('ends with its sandbox', async () => {
    const { answers, run } = setUp();
    const ended = run('await new Promise(() => undefined)');
    answers.dispose('Stopped.');
    expect(await ended).toEqual({ error: 'Stopped.' });
  });
});

/** Has the server accept the next transactions as they come. */
async function answering(session: LocalSession, count: number): Promise<void> {
  for (let each = 0; each < count; each++) {
    await expect.poll(() => session.sent.length, { interval: 1 }).toBeGreaterThan(0);
    session.answer();
  }
}
