/** Tells a session's last known log to be compacted in a worker, unless another tab is at it. */
export function compactElsewhere(session: string): Promise<void> {
  return navigator.locks.request(
    `theta compact ${session}`,
    { ifAvailable: true },
    async (lock) => {
      if (lock === null) return;
      const worker = new Worker(new URL('./compact-worker.ts', import.meta.url), {
        type: 'module',
        name: 'theta-compact',
      });
      await new Promise<void>((resolve) => {
        worker.onmessage = () => resolve();
        worker.onerror = () => resolve();
        worker.postMessage(session);
      });
      worker.terminate();
    },
  );
}
