import type { HistoryEntry, HistoryReport, KnownState } from '../../commands/log-audit.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { AssetError } from '../assets/asset-error.ts';
import type { AuditReply, AuditRequest } from './audit-messages.ts';
import { fetchLogPage, type SessionLogSource } from './session-log.ts';

/** As much of a `Worker` as an audit needs. */
export interface AuditWorker {
  onmessage: ((event: MessageEvent<AuditReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: AuditRequest, transfer?: Transferable[]): void;
  terminate(): void;
}

/** What whoever asks for an audit may say. */
export interface AuditCall {
  /** 0…1 of the log. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** Told of the entries as they are read, in their order. */
  readonly onEntries?: ((entries: readonly HistoryEntry[]) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface AuditSource {
  readonly log: SessionLogSource;
  readonly sessionKey: Bytes;
  /** What this page has: the log must lead there. */
  readonly confirmed: KnownState;
  /** @throws {AssetError} */
  readonly fetchBlob: (digest: string) => Promise<Bytes>;
  /** For tests; the page's own worker otherwise. */
  readonly createWorker?: () => AuditWorker;
}

type Ask = (request: AuditRequest, transfer?: Transferable[]) => Promise<AuditReply>;

/**
 * S1: reads the session's log from its first record and checks all of it, in a worker, so that the
 * page stays as quick as it is.
 * @throws {ThetaError} `unreachable`, `failed`, `cancelled`; a fault in the log is no error but reported
 */
export async function auditHistory(
  source: AuditSource,
  call: AuditCall = {},
): Promise<HistoryReport> {
  const worker = (source.createWorker ?? createAuditWorker)();
  const ended = new AbortController();
  const ask: Ask = (request, transfer) =>
    new Promise((resolve, reject) => {
      call.signal?.addEventListener('abort', () => reject(cancelled()), { signal: ended.signal });
      worker.onerror = ({ message }) => reject(new ThetaError('failed', message));
      worker.onmessage = ({ data }) => {
        if (data.type === 'blob') answerBlob(worker, source, data.digest).catch(reject);
        else if (data.type === 'failed') reject(new ThetaError('failed', data.message));
        else resolve(data);
      };
      worker.postMessage(request, transfer ?? []);
    });
  try {
    return await readThrough(worker, ask, source, call);
  } catch (thrown) {
    if (call.signal?.aborted) throw cancelled();
    throw thrown;
  } finally {
    ended.abort();
    worker.terminate();
  }
}

async function readThrough(
  worker: AuditWorker,
  ask: Ask,
  { log, sessionKey, confirmed }: AuditSource,
  { onProgress, onEntries, signal }: AuditCall,
): Promise<HistoryReport> {
  const wantsEntries = onEntries !== undefined;
  worker.postMessage({ type: 'begin', sessionKey, known: [confirmed], wantsEntries });
  for (let after = 0; ; ) {
    signal?.throwIfAborted();
    const page = await fetchLogPage(log, after, signal);
    const reply = await ask({ type: 'page', page }, [page]);
    if (reply.type !== 'read' || reply.records === 0) break;
    after += reply.records;
    onEntries?.(reply.entries);
    onProgress?.(Math.min(1, after / Math.max(1, confirmed.index)));
  }
  const reply = await ask({ type: 'end' });
  if (reply.type === 'report') return reply.report;
  throw new ThetaError('failed', 'The audit ended without a report.');
}

async function answerBlob(
  worker: AuditWorker,
  { fetchBlob }: AuditSource,
  digest: string,
): Promise<void> {
  const bytes = await fetchBlob(digest).catch((thrown: unknown) => {
    if (thrown instanceof AssetError && thrown.code === 'missing') return undefined;
    throw thrown;
  });
  // Not handed over but copied: the page's own cache holds these.
  worker.postMessage({ type: 'blob', digest, bytes });
}

function cancelled(): ThetaError {
  return new ThetaError('cancelled', 'The check of the history was cancelled.');
}

function createAuditWorker(): AuditWorker {
  return new Worker(new URL('./audit-worker.ts', import.meta.url), {
    type: 'module',
    name: 'theta-audit',
  });
}
