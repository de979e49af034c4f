/** What people write first: each message of a WebSocket is sent to all the others. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { answerAboutCpu } from './cpu.ts';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    for (const other of server.clients) if (other !== socket) other.send(data);
  });
});
server.on('listening', () => {
  answerAboutCpu(async () => 0);
  process.send?.({ port: (server.address() as AddressInfo).port });
});
