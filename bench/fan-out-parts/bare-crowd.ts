import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type Crowd, Heard, presenceOf } from './crowd.ts';

const STAMP_BYTES = 8;
/** Of a signed packet with its judgement. */
const EDIT_BYTES = 600;

/** The same messages, each with the time of its sending before it. */
export async function bareCrowd({ port }: { readonly port: number }, size: number): Promise<Crowd> {
  const heard = new Heard();
  const sockets: WebSocket[] = [];
  for (let i = 0; i < size; i++) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await once(socket, 'open');
    socket.on('message', (data: Buffer) => {
      if (data.length < EDIT_BYTES) heard.note(() => data.readDoubleLE(0));
    });
    sockets.push(socket);
  }
  return {
    label: 'bare ws loop',
    show(index) {
      const presence = presenceOf(index, 1);
      const message = Buffer.alloc(STAMP_BYTES + presence.length);
      message.writeDoubleLE(performance.now());
      message.set(presence, STAMP_BYTES);
      sockets[index]?.send(message);
    },
    edit: (index) => sockets[index]?.send(new Uint8Array(EDIT_BYTES)),
    heard: () => heard.take(),
  };
}
