import { useEffect, useState } from 'react';

const FEEDBACK_MS = 1600;

export type CopyState = 'idle' | 'copied' | 'failed';

/** Copies to the clipboard and says for a moment how that went, and for which text. */
export function useCopied(): {
  stateOf(text: string): CopyState;
  copy(text: string): void;
} {
  const [last, setLast] = useState<{ text: string; state: CopyState }>({ text: '', state: 'idle' });
  useEffect(() => {
    if (last.state === 'idle') return;
    const timer = setTimeout(() => setLast({ text: '', state: 'idle' }), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [last]);
  return {
    stateOf: (text) => (text === last.text ? last.state : 'idle'),
    copy: (text) => {
      writeClipboard(text).then(
        () => setLast({ text, state: 'copied' }),
        () => setLast({ text, state: 'failed' }),
      );
    },
  };
}

/** Rejects where the page may not write to the clipboard (an insecure origin has none). */
async function writeClipboard(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
