import { type Bytes, concatBytes } from '../../shared/bytes.ts';
import { encodeVarint, readVarint } from '../../transport/varint.ts';
import { h3Error } from './h3-errors.ts';
import type { WebTransportLimits } from './limits.ts';
import { RecordDecoder, type RecordFate } from './record-decoder.ts';

/** Frame types (RFC 9114, section 7.2). */
export const FRAME = { data: 0x00, headers: 0x01, settings: 0x04, goaway: 0x07 } as const;

/** Types of frames and streams that HTTP/3 forbids because HTTP/2 had them. */
const RESERVED_FRAMES: ReadonlySet<number> = new Set([0x02, 0x06, 0x08, 0x09]);
const CANCEL_PUSH = 0x03;
const PUSH_PROMISE = 0x05;
const MAX_PUSH_ID = 0x0d;
const PUSH_FRAMES: ReadonlySet<number> = new Set([CANCEL_PUSH, PUSH_PROMISE, MAX_PUSH_ID]);

/** One frame. */
export function encodeFrame(type: number, payload: Uint8Array): Bytes {
  return concatBytes(encodeVarint(type), encodeVarint(payload.length), payload);
}

/** GOAWAY: no request from `streamId` on will be answered. */
export function encodeGoaway(streamId: number): Bytes {
  return encodeFrame(FRAME.goaway, encodeVarint(streamId));
}

export interface RequestSink {
  /** The request's header block, once. */
  onHeaders(block: Bytes): void;
  /** A part of its body; a view that is good only during the call. */
  onData(part: Uint8Array): void;
}

/** Decodes a request stream: HEADERS first, then DATA; trailers and unknown frames are skipped. */
export function requestDecoder(sink: RequestSink, limits: WebTransportLimits): RecordDecoder {
  let hasHeaders = false;
  const admit = (type: number, length: number): RecordFate => {
    if (RESERVED_FRAMES.has(type) || PUSH_FRAMES.has(type) || isControlOnly(type))
      throw h3Error('frame-unexpected', `Frame type ${type} on a request stream`);
    if (type === FRAME.data && !hasHeaders)
      throw h3Error('frame-unexpected', 'DATA before HEADERS');
    if (type === FRAME.data) return 'stream';
    if (type !== FRAME.headers || hasHeaders) return 'skip';
    hasHeaders = true;
    return collectUpTo(limits.maxHeaderBlockBytes, length);
  };
  return new RecordDecoder(
    {
      admit,
      onRecord: (_type, block) => sink.onHeaders(block),
      onPart: (_type, part) => sink.onData(part),
    },
    limits.maxSkippedBytes,
  );
}

export interface ControlSink {
  /** The payload of SETTINGS, once and first. */
  onSettings(payload: Bytes): void;
  onGoaway(): void;
}

/** Decodes the peer's control stream: SETTINGS first and once, then what we mostly skip. */
export function controlDecoder(sink: ControlSink, limits: WebTransportLimits): RecordDecoder {
  let hasSettings = false;
  const admit = (type: number, length: number): RecordFate => {
    if (type === FRAME.settings && !hasSettings) {
      hasSettings = true;
      return collectUpTo(limits.maxControlFrameBytes, length);
    }
    if (!hasSettings) throw h3Error('settings-missing', 'A control stream starts with SETTINGS');
    const forbidden = type === FRAME.settings || type === FRAME.data || type === FRAME.headers;
    if (forbidden || RESERVED_FRAMES.has(type) || type === PUSH_PROMISE)
      throw h3Error('frame-unexpected', `Frame type ${type} on the control stream`);
    return type === FRAME.goaway ? collectUpTo(limits.maxControlFrameBytes, length) : 'skip';
  };
  const onRecord = (type: number, payload: Bytes): void => {
    if (type === FRAME.settings) sink.onSettings(payload);
    else if (readVarint(payload, 0)?.next === payload.length) sink.onGoaway();
    else throw h3Error('frame-malformed', 'GOAWAY holds one varint');
  };
  return new RecordDecoder({ admit, onRecord, onPart: () => undefined }, limits.maxSkippedBytes);
}

function isControlOnly(type: number): boolean {
  return type === FRAME.settings || type === FRAME.goaway;
}

function collectUpTo(cap: number, length: number): RecordFate {
  if (length > cap) throw h3Error('frame-too-large', `A frame of ${length} bytes, over ${cap}`);
  return 'collect';
}
