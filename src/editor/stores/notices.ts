import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TaskHandle } from '../editor.ts';
import type { Notice, NoticesState, Task, TasksState } from './states.ts';

/** Older ones go when there are more. */
const MOST_NOTICES = 20;

/** What people are told in passing. */
export class Notices {
  readonly store: StoreApi<NoticesState> = createStore(() => ({ items: [] as readonly Notice[] }));
  #count = 0;

  /** The same text again replaces the notice that says it already. */
  notify(notice: Omit<Notice, 'id'>): string {
    this.#count += 1;
    const id = `notice-${this.#count}`;
    const others = this.store.getState().items.filter((item) => item.text !== notice.text);
    this.store.setState({ items: [...others, { ...notice, id }].slice(-MOST_NOTICES) });
    return id;
  }

  dismiss(id: string): void {
    this.store.setState({ items: this.store.getState().items.filter((item) => item.id !== id) });
  }
}

/** What takes long, with its progress. */
export class Tasks {
  readonly store: StoreApi<TasksState> = createStore(() => ({ items: [] as readonly Task[] }));
  #count = 0;

  start(task: Omit<Task, 'id'>): TaskHandle {
    this.#count += 1;
    const id = `task-${this.#count}`;
    const update = (change: (item: Task) => Task | undefined): void => {
      const items = this.store.getState().items.flatMap((item) => {
        const changed = item.id === id ? change(item) : item;
        return changed === undefined ? [] : [changed];
      });
      this.store.setState({ items });
    };
    this.store.setState({ items: [...this.store.getState().items, { ...task, id }] });
    return {
      report: (progress) => update((item) => ({ ...item, progress })),
      end: () => update(() => undefined),
    };
  }
}
