/** Less than this left of an idle moment, in ms, is left to others. */
const SPARE_MS = 2;

/**
 * Works in idle moments until `work` says that it is done, or the returned function is called. `work` is
 * told when to stop. Where a browser does not tell of idle moments, nothing is done ahead.
 */
export function whenIdle(work: (outOfTime: () => boolean) => boolean): () => void {
  if (!('requestIdleCallback' in globalThis)) return () => undefined;
  let handle = 0;
  const ask = (): void => {
    handle = requestIdleCallback((deadline) => {
      if (!work(() => deadline.timeRemaining() < SPARE_MS)) ask();
    });
  };
  ask();
  return () => cancelIdleCallback(handle);
}
