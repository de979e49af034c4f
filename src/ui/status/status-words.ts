import type { ConnectionState } from '../../editor/editor.ts';
import { counted } from '../wording.ts';

export type StatusTone = 'good' | 'busy' | 'bad';

/** The connection in words, and how worried to look. */
export interface StatusWords {
  readonly tone: StatusTone;
  readonly text: string;
  /** More, for a tooltip. */
  readonly detail: string;
}

const RUNGS: Readonly<Record<string, string>> = {
  webtransport: 'WebTransport',
  webrtc: 'WebRTC',
  websocket: 'WebSocket',
};

/** The rung of the transport ladder by its proper name. */
export function rungName(transport: string): string {
  return RUNGS[transport] ?? transport;
}

export function statusWords({ status, transport, problem }: ConnectionState): StatusWords {
  switch (status) {
    case 'connected':
      return {
        tone: 'good',
        text: 'Connected',
        detail: `Everyone sees your edits at once, over ${rungName(transport)}.`,
      };
    case 'connecting':
      return {
        tone: 'busy',
        text: 'Connecting…',
        detail: problem ?? 'Catching up with the session.',
      };
    case 'offline':
      return {
        tone: 'bad',
        text: 'Offline',
        detail: `${problem ?? 'The server cannot be reached.'} Your edits are kept here and sent when it is back.`,
      };
  }
}

/** `3 edits waiting`, or that the server has them all. */
export function savedWords(pending: number): string {
  return pending === 0 ? 'All changes saved' : `${counted(pending, 'edit')} waiting`;
}

/** A round trip: tenths of a millisecond where they matter. */
export function rttWords(rttMs: number): string {
  return rttMs < 10 ? `${rttMs.toFixed(1)} ms` : `${Math.round(rttMs)} ms`;
}
