import { type Bytes, concatBytes } from '../../shared/bytes.ts';
import { encodeVarint, readVarint } from '../../transport/varint.ts';
import { h3Error } from './h3-errors.ts';
import type { WebTransportLimits } from './limits.ts';

/** Settings' identifiers: RFC 9114, 9204, 9220, 9297 and draft-ietf-webtrans-http3-02. */
export const SETTING = {
  qpackMaxTableCapacity: 0x01,
  maxFieldSectionSize: 0x06,
  qpackBlockedStreams: 0x07,
  enableConnectProtocol: 0x08,
  h3Datagram: 0x33,
  h3DatagramDraft04: 0xffd277,
  enableWebTransport: 0x2b603742,
  webTransportMaxSessions: 0xc671706a,
} as const;

/** HTTP/2's settings, which HTTP/3 forbids. */
const RESERVED_SETTINGS: ReadonlySet<number> = new Set([0x00, 0x02, 0x03, 0x04, 0x05]);

export type Settings = ReadonlyMap<number, number>;

/** What this server announces: WebTransport, datagrams, and no dynamic QPACK table. */
export function serverSettings(limits: WebTransportLimits): Settings {
  return new Map<number, number>([
    [SETTING.qpackMaxTableCapacity, 0],
    [SETTING.maxFieldSectionSize, limits.maxFieldSectionBytes],
    [SETTING.qpackBlockedStreams, 0],
    [SETTING.enableConnectProtocol, 1],
    [SETTING.h3Datagram, 1],
    [SETTING.enableWebTransport, 1],
    [SETTING.webTransportMaxSessions, limits.maxSessionsPerConnection],
  ]);
}

/** The payload of a SETTINGS frame. */
export function encodeSettings(settings: Settings): Bytes {
  const parts = [...settings].flatMap(([id, value]) => [encodeVarint(id), encodeVarint(value)]);
  return concatBytes(...parts);
}

/** Reads the payload of a SETTINGS frame, to its last byte. Unknown settings are kept. */
export function decodeSettings(payload: Uint8Array, limits: WebTransportLimits): Settings {
  const settings = new Map<number, number>();
  let at = 0;
  while (at < payload.length) {
    const id = readVarint(payload, at);
    const value = id && readVarint(payload, id.next);
    if (!value) throw h3Error('settings-malformed', 'SETTINGS ends inside a setting');
    if (RESERVED_SETTINGS.has(id.value))
      throw h3Error('settings-malformed', `Setting ${id.value} is reserved`);
    if (settings.has(id.value))
      throw h3Error('settings-duplicate', `Setting ${id.value} appears twice`);
    if (settings.size >= limits.maxSettings)
      throw h3Error('settings-malformed', `Over ${limits.maxSettings} settings`);
    settings.set(id.value, value.value);
    at = value.next;
  }
  return settings;
}

/** Throws `settings-unsupported` unless the peer can do datagrams, as WebTransport needs. */
export function requireWebTransport(settings: Settings): void {
  const datagrams = settings.get(SETTING.h3Datagram) ?? settings.get(SETTING.h3DatagramDraft04);
  if (datagrams !== 1)
    throw h3Error('settings-unsupported', 'The peer does not take HTTP datagrams');
}
