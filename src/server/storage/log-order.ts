import { type LogRecord, StorageError } from './storage.ts';

/** Where a session's log ends: what the next record has to follow. */
export type LogTail = Pick<LogRecord, 'index' | 'firstSeq' | 'entryCount'>;

/**
 * O2: the log is dense. Refuses a record that does not follow `tail`; the first record may start
 * at any sequence number.
 * @throws StorageError `duplicate`, `log-gap`
 */
export function assertFollows(tail: LogTail | undefined, record: LogRecord): void {
  const expectedIndex = (tail?.index ?? 0) + 1;
  if (record.index < expectedIndex)
    throw new StorageError(
      'duplicate',
      `Session ${record.sessionId} has a log record ${record.index} already.`,
    );
  if (record.index > expectedIndex)
    throw new StorageError(
      'log-gap',
      `Session ${record.sessionId} expects log record ${expectedIndex}, not ${record.index}.`,
    );
  const expectedSeq = tail === undefined ? record.firstSeq : tail.firstSeq + tail.entryCount;
  if (record.firstSeq !== expectedSeq)
    throw new StorageError(
      'log-gap',
      `Session ${record.sessionId} expects sequence number ${expectedSeq}, not ${record.firstSeq}.`,
    );
}
