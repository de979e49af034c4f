import { describe, expect, it } from 'vitest';
import { PageConsole } from './page-console.ts';
import type { Ended, ScriptListener } from './sandbox/answer-scripts.ts';

/** A console whose scripts end when the test says so. */
function setUp(open: () => Promise<void> = () => Promise.resolve()) {
  const running: { source: string; end(ended: Ended): void }[] = [];
  const listeners: ScriptListener[] = [];
  const scripts = new PageConsole(async () => ({
    vocabulary: (names) => ({ members: [], commands: [], names }),
    openSandbox: async (listener) => {
      await open();
      listeners.push(listener);
      return {
        run: (source) => new Promise((end) => running.push({ source, end })),
        close: (error) => {
          for (const { end } of running.splice(0)) end({ error });
        },
      };
    },
  }));
  const lines = () => scripts.state.getState().lines.map(({ kind, text }) => `${kind}: ${text}`);
  const started = async (count: number) => expect.poll(() => running.length).toBe(count);
  return { scripts, running, listeners, lines, started };
}

describe('the console of a page', () => {
  it('shows a script at once, then what it prints, then what comes of it', async () => {
    const { scripts, running, listeners, lines, started } = setUp();
    scripts.run('1 + 1');
    expect(lines()).toEqual(['input: 1 + 1']);
    expect(scripts.state.getState().running).toBe(1);
    await started(1);
    listeners[0]!.onPrint('warn', { text: 'careful' });
    running[0]!.end({ result: { text: '2' } });
    await expect.poll(lines).toEqual(['input: 1 + 1', 'warn: careful', 'result: 2']);
    expect(scripts.state.getState().running).toBe(0);
  });

  it('tells of an end no sooner than of what came of it', async () => {
    const { scripts, running, lines, started } = setUp();
    scripts.run('self.origin');
    await started(1);
    const seen: string[] = [];
    scripts.state.subscribe((state) => {
      if (state.running === 0) seen.push(lines().at(-1)!);
    });
    running[0]!.end({ result: { text: "'null'" } });
    await expect.poll(() => seen[0]).toBe("result: 'null'");
  });

  it('keeps its sandbox from script to script, and the names declared there', async () => {
    const { scripts, running, listeners, started } = setUp();
    scripts.run('const a = 1');
    await started(1);
    listeners[0]!.onNames(['a']);
    scripts.run('a');
    await started(2);
    expect(listeners).toHaveLength(1);
    expect(running.map(({ source }) => source)).toEqual(['const a = 1', 'a']);
    expect(scripts.vocabulary().names).toEqual(['a']);
  });

  it('stops what runs, and begins anew', async () => {
    const { scripts, listeners, lines, started } = setUp();
    scripts.run('while (true);');
    await started(1);
    scripts.stop();
    await expect.poll(() => scripts.state.getState().running).toBe(0);
    await expect.poll(() => lines().at(-1)).toMatch(/^error: Stopped/);
    scripts.run('1');
    await started(1);
    expect(listeners).toHaveLength(2);
  });

  it('says that there is no sandbox, and tries again with the next script', async () => {
    let fails = true;
    const { scripts, lines, started } = setUp(async () => {
      if (fails) throw new Error('Is the server away?');
    });
    scripts.run('1');
    await expect.poll(lines).toEqual(['input: 1', 'error: Is the server away?']);
    fails = false;
    scripts.run('2');
    await started(1);
  });

  it('forgets its lines when it is told to, and the oldest by itself', async () => {
    const { scripts, listeners, lines, started } = setUp();
    scripts.run('x');
    await started(1);
    for (let each = 0; each < 1500; each++) listeners[0]!.onPrint('log', { text: `${each}` });
    await expect.poll(() => lines().at(-1)).toBe('log: 1499');
    expect(lines()).toHaveLength(1000);
    listeners[0]!.onClear();
    expect(lines()).toEqual([]);
  });
});
