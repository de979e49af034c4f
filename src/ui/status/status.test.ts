import { describe, expect, test } from 'vitest';
import type { ConnectionState } from '../../editor/editor.ts';
import { pendingWords, rttWords, rungName, statusWords } from './status-words.ts';

const CONNECTED: ConnectionState = {
  status: 'connected',
  transport: 'webtransport',
  role: 'editor',
  pending: 0,
  isOpen: true,
  sessionId: 'abc',
};

describe('the status bar says', () => {
  test('T2: which rung carries the edits', () => {
    expect(statusWords(CONNECTED).detail).toContain('WebTransport');
    expect(rungName('websocket')).toBe('WebSocket');
    expect(rungName('memory')).toBe('memory');
  });

  test('D2: that edits made offline are kept, and why it is offline', () => {
    const offline = statusWords({
      ...CONNECTED,
      status: 'offline',
      problem: 'The server is full.',
    });
    expect(offline.tone).toBe('bad');
    expect(offline.detail).toBe(
      'The server is full. Your edits are kept here and sent when it is back.',
    );
  });

  test('how many edits wait, and nothing when none do', () => {
    expect(pendingWords(0)).toBeUndefined();
    expect(pendingWords(1)).toBe('1 edit waiting');
    expect(pendingWords(1204)).toBe('1,204 edits waiting');
  });

  test('round trips with the decimals that matter', () => {
    expect(rttWords(0.42)).toBe('0.4 ms');
    expect(rttWords(38.6)).toBe('39 ms');
  });
});
