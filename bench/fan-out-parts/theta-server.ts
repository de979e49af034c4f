/** A session on a port of its own, served by the shipped rooms, in a process of its own. */
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { ownAgreement } from '../../src/commands/agreement.ts';
import { loadCompressor } from '../../src/protocol/compression.ts';
import { Rooms } from '../../src/server/room/host.ts';
import { Sessions } from '../../src/server/sessions.ts';
import { MemoryBlobs } from '../../src/server/storage/memory-blobs.ts';
import { MemoryStorage } from '../../src/server/storage/memory-storage.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { silentLogger } from '../../src/shared/logger.ts';
import { Metrics } from '../../src/telemetry/prometheus.ts';
import { webSocketTransport } from '../../src/transport/websocket.ts';
import { answerAboutCpu } from './cpu.ts';

// Node has none of its own; the transport asks it for its constants.
Object.assign(globalThis, { WebSocket });

const storage = new MemoryStorage();
const metrics = new Metrics();
const rooms = new Rooms({
  storage,
  blobs: new MemoryBlobs(systemClock),
  metrics,
  clock: systemClock,
  loggerFor: () => silentLogger,
  agreement: ownAgreement(),
  compress: await loadCompressor(),
});
const { session, tokens } = await new Sessions({
  storage,
  clock: systemClock,
  maxSessions: 1,
}).create();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
server.on('connection', (socket) => {
  const address = { path: '/', origin: undefined, authority: '', remoteAddress: '127.0.0.1' };
  rooms.acceptTransport(webSocketTransport(socket as unknown as globalThis.WebSocket), address);
});
server.on('listening', () => {
  const { port } = server.address() as AddressInfo;
  answerAboutCpu(async () => squashed(await metrics.text()));
  process.send?.({ port, session: session.id, token: tokens.editor });
});

function squashed(text: string): number {
  const line = /^theta_presence_updates_total\{outcome="squashed"\} (\d+)/m.exec(text);
  return Number(line?.[1] ?? 0);
}
