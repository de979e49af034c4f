import { expect, it } from 'vitest';
import { SpanRecorder, traceFile } from './spans.ts';

it('keeps spans while somebody records, and begins anew each time', () => {
  const recorder = new SpanRecorder();
  recorder.record('unseen', 'render', 0, 1);
  recorder.start();
  recorder.record('scene', 'render', 1, 3);
  expect(recorder.isRecording).toBe(true);
  expect(recorder.stop()).toEqual([{ name: 'scene', category: 'render', startMs: 1, endMs: 3 }]);
  expect(recorder.isRecording).toBe(false);
  recorder.start();
  expect(recorder.stop()).toEqual([]);
});

it('a recording that nobody ends is bounded, and keeps what came last', () => {
  const recorder = new SpanRecorder();
  recorder.start();
  for (let i = 0; i < 250_000; i++) recorder.record(String(i), 'render', i, i + 1);
  const spans = recorder.stop();
  expect(spans.length).toBeLessThanOrEqual(100_000);
  expect(spans.at(-1)?.name).toBe('249999');
});

it('a trace file is in the Trace Event Format, in microseconds, a thread for each category', () => {
  const file = JSON.parse(
    traceFile([
      { name: 'scene', category: 'render', startMs: 1, endMs: 3.5 },
      { name: 'entity.create', category: 'command', startMs: 2, endMs: 9, detail: { entries: 1 } },
    ]),
  );
  const complete = file.traceEvents.filter(({ ph }: { ph: string }) => ph === 'X');
  expect(complete).toMatchObject([
    { name: 'scene', cat: 'render', ts: 1000, dur: 2500, tid: 0 },
    { name: 'entity.create', ts: 2000, dur: 7000, tid: 1, args: { entries: 1 } },
  ]);
  const threads = file.traceEvents.filter(({ name }: { name: string }) => name === 'thread_name');
  expect(threads.map(({ args }: { args: { name: string } }) => args.name)).toEqual([
    'render',
    'command',
  ]);
});
