import { describe, expect, it } from 'vitest';
import { Notices, Tasks } from './notices.ts';

describe('notices', () => {
  it('do not pile up when the same is said again', () => {
    const notices = new Notices();
    notices.notify({ kind: 'error', text: 'No.' });
    const id = notices.notify({ kind: 'error', text: 'No.' });
    expect(notices.store.getState().items.map((item) => item.id)).toEqual([id]);
    notices.dismiss(id);
    expect(notices.store.getState().items).toEqual([]);
  });

  it('keep the newest when there are too many', () => {
    const notices = new Notices();
    for (let at = 0; at < 30; at++) notices.notify({ kind: 'info', text: `${at}` });
    const { items } = notices.store.getState();
    expect(items).toHaveLength(20);
    expect(items.at(-1)?.text).toBe('29');
  });
});

describe('tasks', () => {
  it('report progress until they end', () => {
    const tasks = new Tasks();
    const task = tasks.start({ label: 'Import', progress: null });
    const other = tasks.start({ label: 'Export', progress: 0 });
    task.report(0.5);
    expect(tasks.store.getState().items.map((item) => item.progress)).toEqual([0.5, 0]);
    task.end();
    task.report(1);
    expect(tasks.store.getState().items.map((item) => item.label)).toEqual(['Export']);
    other.end();
    expect(tasks.store.getState().items).toEqual([]);
  });
});
