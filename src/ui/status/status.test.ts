import { describe, expect, test } from 'vitest';
import type { ConnectionState } from '../../editor/editor.ts';
import { rttWords, rungName, savedWords, statusWords } from './status-words.ts';

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

  test('D2: how many edits wait, and that all are saved when none do', () => {
    expect(savedWords(0)).toBe('All changes saved');
    expect(savedWords(1)).toBe('1 edit waiting');
    expect(savedWords(1204)).toBe('1,204 edits waiting');
  });

  test('round trips with the decimals that matter', () => {
    expect(rttWords(0.42)).toBe('0.4 ms');
    expect(rttWords(38.6)).toBe('39 ms');
  });
});
