import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Passes TCP between clients and a server on loopback, until it is cut. */
export class TcpRelay {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  private constructor(server: Server, sockets: Set<Socket>) {
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#sockets = sockets;
  }

  static async open(serverPort: number): Promise<TcpRelay> {
    const sockets = new Set<Socket>();
    const server = createServer({ noDelay: true }, (front) => {
      const back = connect({ host: '127.0.0.1', port: serverPort, noDelay: true });
      for (const [from, to] of [
        [front, back],
        [back, front],
      ] as const) {
        sockets.add(from);
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          sockets.delete(from);
          to.destroy();
        });
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpRelay(server, sockets);
  }

  /** Breaks every connection, and takes no more. */
  cut(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
