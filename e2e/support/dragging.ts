import './theta-window.ts';

export interface DragOptions {
  readonly entity: string;
  readonly axis: 0 | 2;
}

export interface DragReport {
  readonly moves: number;
  /** Codes of moves that were refused. */
  readonly refused: readonly string[];
}

declare global {
  interface Window {
    /** Ends the drag; resolves when each of its moves has its verdict. */
    endDrag(): Promise<DragReport>;
  }
}

/** Pulls an object along an axis, a little some thirty times a second, until it is let go. Runs in the page. */
export function beginDragging({ entity, axis }: DragOptions): void {
  const { theta } = window;
  const refused: string[] = [];
  const open: Promise<void>[] = [];
  const pull = (): void => {
    const position = [0, 0, 0];
    position[axis] = open.length / 100;
    const move = theta.execute('transform.set', { entity, position });
    // One that somebody's newer move has replaced already is not lost: it is in the log.
    open.push(
      move.then(({ status, code = '' }) => {
        if (status === 'rejected') refused.push(code);
      }),
    );
  };
  const timer = setInterval(pull, 33);
  window.endDrag = async () => {
    clearInterval(timer);
    await Promise.all(open);
    return { moves: open.length, refused };
  };
}

export function letGo(): Promise<DragReport> {
  return window.endDrag();
}
