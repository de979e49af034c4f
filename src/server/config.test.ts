import { describe, expect, it } from 'vitest';
import { CONFIG_DEFAULTS, ConfigError, readConfig } from './config.ts';

const from = (env: Readonly<Record<string, string>>) => readConfig((name) => env[name]);

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(from({})).toEqual({
      ...CONFIG_DEFAULTS,
      host: undefined,
      certificate: undefined,
      publicOrigin: undefined,
      turn: undefined,
      gatewaySecret: undefined,
      natsUrl: undefined,
      logLevel: 'info',
      rungs: ['webtransport', 'webrtc', 'websocket'],
      flags: { renderer: 'auto', xr: true },
    });
  });

  it('takes what it is given, and an empty variable as absent', () => {
    const config = from({
      THETA_PORT: '0',
      THETA_HTTP_PORT: '0',
      THETA_HOST: '::1',
      THETA_DATA_DIR: '',
      THETA_TLS_CERT: 'a.pem',
      THETA_TLS_KEY: 'b.pem',
      THETA_PUBLIC_URL: 'https://theta.example/',
      THETA_TURN_URL: 'turn:turn.example:3478',
      THETA_TURN_SECRET: 's',
      THETA_GATEWAY_SECRET: 's'.repeat(32),
      THETA_NATS_URL: 'nats://localhost:4222',
      THETA_LOG_LEVEL: 'debug',
      THETA_RENDERER: 'webgl',
      THETA_TRANSPORT: 'websocket, webtransport',
      THETA_XR: 'off',
      THETA_PACKET_BURST: '50',
      THETA_PACKETS_PER_SECOND: '5',
      THETA_MAX_SESSIONS: '5',
    });
    expect(config).toEqual({
      port: 0,
      httpPort: 0,
      host: '::1',
      dataDir: './data',
      certificate: { certPath: 'a.pem', keyPath: 'b.pem' },
      publicOrigin: 'https://theta.example',
      turn: { url: 'turn:turn.example:3478', secret: 's' },
      gatewaySecret: 's'.repeat(32),
      natsUrl: 'nats://localhost:4222',
      logLevel: 'debug',
      rungs: ['websocket', 'webtransport'],
      flags: { renderer: 'webgl', xr: false },
      packetBurst: 50,
      packetsPerSecond: 5,
      maxSessions: 5,
    });
  });

  it('binds localhost at one address, on TCP and on UDP', () => {
    expect(from({ THETA_HOST: 'localhost' }).host).toBe('127.0.0.1');
  });

  it.each([
    ['THETA_PORT', 'eighty'],
    ['THETA_PORT', '65536'],
    ['THETA_PORT', '-1'],
    ['THETA_PORT', '80.5'],
    ['THETA_HTTP_PORT', '8443'],
    ['THETA_HTTP_PORT', '1e3'],
    ['THETA_HOST', 'https://x'],
    ['THETA_HOST', 'studio.local'],
    ['THETA_TLS_CERT', 'only.pem'],
    ['THETA_TLS_KEY', 'only.pem'],
    ['THETA_PUBLIC_URL', 'theta.example'],
    ['THETA_PUBLIC_URL', 'https://theta.example/path'],
    ['THETA_PUBLIC_URL', 'ftp://theta.example'],
    ['THETA_TURN_URL', 'https://turn.example'],
    ['THETA_TURN_SECRET', 'alone'],
    ['THETA_NATS_URL', 'http://nats'],
    ['THETA_LOG_LEVEL', 'loud'],
    ['THETA_RENDERER', 'opengl'],
    ['THETA_TRANSPORT', 'carrier-pigeon'],
    ['THETA_XR', 'maybe'],
    ['THETA_PACKET_BURST', '10000'],
    ['THETA_PACKETS_PER_SECOND', '0'],
    ['THETA_MAX_SESSIONS', '0'],
  ])('refuses %s=%s in a sentence that names it', (name, value) => {
    const attempt = () => from({ [name]: value });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(new RegExp(`${name}.*\\.$`));
  });

  it('S6: never repeats a value, which may be a secret in the wrong place', () => {
    expect(() => from({ THETA_TURN_URL: 'hunter2' })).toThrow(/^(?!.*hunter2)/);
  });
});
