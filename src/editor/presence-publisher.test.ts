import { describe, expect, it } from 'vitest';
import type { Clock } from '../shared/clock.ts';
import { LocalSession } from './testing/local-session.ts';

/** A clock that the test winds. */
class HandClock implements Clock {
  #now = 0;
  #timers: { readonly at: number; readonly fn: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return this.#now;
  }

  setTimer(fn: () => void, delayMs: number): () => void {
    const timer = { at: this.#now + delayMs, fn };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter((each) => each.at <= this.#now);
    this.#timers = this.#timers.filter((each) => each.at > this.#now);
    for (const { fn } of due) fn();
  }
}

function setUp() {
  const session = new LocalSession();
  const clock = new HandClock();
  const sent: unknown[] = [];
  const announce = (type: string, params: object) => sent.push([type, params]);
  const editor = session.editor({ clock, announce });
  const entities = Array.from({ length: 300 }, () => session.create());
  const ids = entities.map((each) => session.document.idOf(each));
  return { session, clock, sent, editor, entities, ids };
}

const INTERVAL_MS = 100;

describe('presence', () => {
  it('tells the first selection at once and then the newest one an interval', () => {
    const { clock, sent, editor, entities, ids } = setUp();
    for (let at = 0; at < 5; at++) editor.select([entities[at]!]);
    expect(sent).toEqual([['selection.highlight', { entities: [ids[0]] }]]);
    clock.advance(INTERVAL_MS);
    expect(sent.slice(1)).toEqual([['selection.highlight', { entities: [ids[4]] }]]);
    clock.advance(INTERVAL_MS);
    expect(sent).toHaveLength(2);
  });

  it('S3: shows the newest of a large selection', () => {
    const { sent, editor, entities, ids } = setUp();
    editor.select(entities);
    expect(sent).toEqual([['selection.highlight', { entities: ids.slice(-256) }]]);
  });

  it('tells the tool', () => {
    const { sent, editor } = setUp();
    editor.setTool('move');
    editor.setTool('move');
    expect(sent).toEqual([['tool.activate', { tool: 'move' }]]);
  });

  it('tells that the tool was put down, once, and which', () => {
    const { clock, sent, editor } = setUp();
    editor.setTool('rotate');
    editor.setTool('select');
    clock.advance(INTERVAL_MS);
    editor.setTool('scale');
    editor.setTool('select');
    clock.advance(INTERVAL_MS);
    expect(sent).toEqual([
      ['tool.activate', { tool: 'rotate' }],
      ['tool.deactivate', { tool: 'rotate' }],
    ]);
  });

  it('is silent once the editor is disposed of', () => {
    const { clock, sent, editor, entities } = setUp();
    editor.select([entities[0]!]);
    editor.select([entities[1]!]);
    editor.dispose();
    clock.advance(INTERVAL_MS);
    expect(sent).toHaveLength(1);
  });
});
