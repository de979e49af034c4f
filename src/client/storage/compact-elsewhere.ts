/** What the worker is asked to compact, and what it may read of the server for that. */
export interface CompactRequest {
  readonly sessionId: string;
  /** The token of joining. */
  readonly token: string;
}

/** Tells a session's last known log to be compacted in a worker, unless another tab is at it. */
export function compactElsewhere(request: CompactRequest): Promise<void> {
  return navigator.locks.request(
    `theta compact ${request.sessionId}`,
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
        worker.postMessage(request);
      });
      worker.terminate();
    },
  );
}
