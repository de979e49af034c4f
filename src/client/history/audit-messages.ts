import type { HistoryEntry, HistoryReport, KnownState } from '../../commands/log-audit.ts';
import type { Bytes } from '../../shared/bytes.ts';

/** What the page asks of the audit's worker: `begin`, pages one at a time, `end`. */
export type AuditRequest =
  | {
      readonly type: 'begin';
      readonly sessionKey: Bytes;
      readonly known: readonly KnownState[];
      readonly wantsEntries: boolean;
    }
  /** A `LogPage` buffer. */
  | { readonly type: 'page'; readonly page: ArrayBuffer }
  /** D5: the answer to `blob`; undefined where there is none. */
  | { readonly type: 'blob'; readonly digest: string; readonly bytes: Bytes | undefined }
  | { readonly type: 'end' };

/** What it answers: `read` to each page, `report` to `end`. */
export type AuditReply =
  | {
      readonly type: 'read';
      /** Records in the page. */
      readonly records: number;
      readonly entries: readonly HistoryEntry[];
    }
  | { readonly type: 'blob'; readonly digest: string }
  | { readonly type: 'report'; readonly report: HistoryReport }
  | { readonly type: 'failed'; readonly message: string };
