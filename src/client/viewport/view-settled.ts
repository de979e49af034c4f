import type { Editor } from '../../editor/editor.ts';
import type { ViewportModel } from './viewport-model.ts';

/** A machine that takes longer to draw shows its panels meanwhile. In ms. */
const LONGEST_MS = 10_000;

/** Resolves when the scene is drawn, or will not be for now: nothing draws it, or the server is away. */
export function viewSettled({ state }: ViewportModel, { connection }: Editor): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const { hasDrawn, problem } = state.getState();
      const isAway = connection.getState().status === 'offline';
      if (!hasDrawn && problem === undefined && !isAway) return;
      stop();
    };
    const stop = (): void => {
      clearTimeout(timer);
      for (const unsubscribe of unsubscribes) unsubscribe();
      resolve();
    };
    const timer = setTimeout(stop, LONGEST_MS);
    const unsubscribes = [state.subscribe(look), connection.subscribe(look)];
    look();
  });
}
