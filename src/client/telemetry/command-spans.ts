import type { LocalTransaction } from '../../commands/local-transaction.ts';
import type { SpanRecorder } from '../../telemetry/spans.ts';
import type { ClientSession } from '../session/client-session.ts';

/** While somebody records: each own transaction, from the frame it was made in to its verdict. */
export function recordCommands(
  { pipeline, log }: Pick<ClientSession, 'pipeline' | 'log'>,
  spans: SpanRecorder,
): () => void {
  const seen = new WeakSet<LocalTransaction>();
  return pipeline.onChange(() => {
    if (!spans.isRecording) return;
    for (const transaction of log.pending) {
      if (seen.has(transaction)) continue;
      seen.add(transaction);
      void follow(transaction, spans);
    }
  });
}

async function follow(transaction: LocalTransaction, spans: SpanRecorder): Promise<void> {
  const began = performance.now();
  const { label, entries, id, outcome } = transaction;
  const { status, seq = 0 } = await outcome;
  const detail = { id, entries: entries.length, status, seq };
  spans.record(label, 'command', began, performance.now(), detail);
}
