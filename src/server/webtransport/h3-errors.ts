import { ThetaError } from '../../shared/errors.ts';

/** Why a peer's bytes were refused. */
export type H3ErrorCode =
  | 'record-truncated'
  | 'frame-too-large'
  | 'frame-unexpected'
  | 'frame-malformed'
  | 'too-much-skipped'
  | 'settings-malformed'
  | 'settings-duplicate'
  | 'settings-missing'
  | 'settings-unsupported'
  | 'qpack-truncated'
  | 'qpack-integer'
  | 'qpack-huffman'
  | 'qpack-dynamic'
  | 'qpack-index'
  | 'fields-too-large'
  | 'fields-too-many'
  | 'field-invalid'
  | 'request-malformed'
  | 'capsule-too-large'
  | 'capsule-malformed'
  | 'capsule-after-close'
  | 'stream-unexpected'
  | 'stream-critical-closed'
  | 'session-id-invalid';

export type H3Error = ThetaError<H3ErrorCode>;

/** Error codes on the wire (RFC 9114, section 8.1; RFC 9204, section 6). */
export const H3_CODE = {
  noError: 0x100,
  generalProtocol: 0x101,
  internal: 0x102,
  streamCreation: 0x103,
  closedCriticalStream: 0x104,
  frameUnexpected: 0x105,
  frame: 0x106,
  excessiveLoad: 0x107,
  id: 0x108,
  settings: 0x109,
  missingSettings: 0x10a,
  message: 0x10e,
  qpackDecompression: 0x200,
} as const;

const WIRE_CODE: Readonly<Record<H3ErrorCode, number>> = {
  'record-truncated': H3_CODE.frame,
  'frame-too-large': H3_CODE.excessiveLoad,
  'frame-unexpected': H3_CODE.frameUnexpected,
  'frame-malformed': H3_CODE.frame,
  'too-much-skipped': H3_CODE.excessiveLoad,
  'settings-malformed': H3_CODE.settings,
  'settings-duplicate': H3_CODE.settings,
  'settings-missing': H3_CODE.missingSettings,
  'settings-unsupported': H3_CODE.settings,
  'qpack-truncated': H3_CODE.qpackDecompression,
  'qpack-integer': H3_CODE.qpackDecompression,
  'qpack-huffman': H3_CODE.qpackDecompression,
  'qpack-dynamic': H3_CODE.qpackDecompression,
  'qpack-index': H3_CODE.qpackDecompression,
  'fields-too-large': H3_CODE.excessiveLoad,
  'fields-too-many': H3_CODE.excessiveLoad,
  'field-invalid': H3_CODE.message,
  'request-malformed': H3_CODE.message,
  'capsule-too-large': H3_CODE.excessiveLoad,
  'capsule-malformed': H3_CODE.message,
  'capsule-after-close': H3_CODE.message,
  'stream-unexpected': H3_CODE.streamCreation,
  'stream-critical-closed': H3_CODE.closedCriticalStream,
  'session-id-invalid': H3_CODE.id,
};

export function h3Error(code: H3ErrorCode, message: string): H3Error {
  return new ThetaError(code, message);
}

/** Whether `thrown` is one of the refusals of this layer. */
export function isH3Error(thrown: unknown): thrown is H3Error {
  return thrown instanceof ThetaError && Object.hasOwn(WIRE_CODE, thrown.code);
}

/** The code that tells the peer; `internal` for what we did not foresee. */
export function wireCodeOf(thrown: unknown): number {
  return isH3Error(thrown) ? WIRE_CODE[thrown.code] : H3_CODE.internal;
}
