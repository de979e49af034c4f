import type { AppContext } from './request-context.ts';

/** Which part of the content a request brings. */
export interface UploadPart {
  /** Where in the content the body starts. */
  readonly start: number;
  /** Bytes of the whole content. */
  readonly total: number;
}

/**
 * Reads where the body belongs, from any one of: `Content-Range: bytes 0-99/200`;
 * `Upload-Offset: 0` with `Upload-Length: 200`; or `Content-Length` alone, for all at once.
 * @returns `undefined` when the headers do not say, or contradict themselves
 */
export function readUploadPart(c: AppContext): UploadPart | undefined {
  const range = c.req.header('Content-Range');
  if (range !== undefined) return fromRange(range);
  const offset = c.req.header('Upload-Offset');
  if (offset === undefined) return part('0', c.req.header('Content-Length'));
  return part(offset, c.req.header('Upload-Length'));
}

function fromRange(range: string): UploadPart | undefined {
  const [, start, end, total] = /^bytes (\d{1,12})-(\d{1,12})\/(\d{1,12})$/.exec(range) ?? [];
  if (Number(end) < Number(start) || Number(end) >= Number(total)) return undefined;
  return part(start, total);
}

function part(start: string | undefined, total: string | undefined): UploadPart | undefined {
  const whole = /^\d{1,12}$/;
  if (start === undefined || total === undefined) return undefined;
  if (!whole.test(start) || !whole.test(total) || Number(start) > Number(total)) return undefined;
  return { start: Number(start), total: Number(total) };
}
