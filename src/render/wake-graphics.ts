/** Longer than drivers take to start; whoever waits then makes a context all the same. In ms. */
const LONGEST_MS = 4000;

let waking: Promise<void> | undefined;

/**
 * Starts the browser's graphics process, from a thread of its own: a page's first WebGL context stands
 * still until that has started, 0.8 to 1.2 s with a software renderer, and with it everything else that
 * the page has to do. Resolves when it is awake; never rejects. Asked again, it is the same.
 */
export function wakeGraphics(): Promise<void> {
  // A page that may have no workers starts it later, and waits then.
  waking ??= wake().catch(() => undefined);
  return waking;
}

function wake(): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./wake-graphics-worker.ts', import.meta.url), {
      type: 'module',
    });
    const done = (): void => {
      clearTimeout(timer);
      worker.terminate();
      resolve();
    };
    const timer = setTimeout(done, LONGEST_MS);
    worker.onmessage = done;
    worker.onerror = done;
  });
}
