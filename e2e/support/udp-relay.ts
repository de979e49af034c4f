import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Passes UDP between browsers and a server on loopback, and swallows all of it while it is cut. */
export class UdpRelay {
  readonly port: number;
  readonly #front: Socket;
  readonly #serverPort: number;
  readonly #backs = new Map<string, Socket>();
  #isCut = false;

  private constructor(front: Socket, serverPort: number) {
    this.#front = front;
    this.port = front.address().port;
    this.#serverPort = serverPort;
    front.on('message', (bytes, from) => {
      if (!this.#isCut) this.#backOf(from).send(bytes, this.#serverPort, '127.0.0.1');
    });
  }

  static async open(serverPort: number): Promise<UdpRelay> {
    const front = createSocket('udp4');
    front.bind(0, '127.0.0.1');
    await once(front, 'listening');
    return new UdpRelay(front, serverPort);
  }

  /** From here on every packet is lost, both ways, and nobody is told. */
  cut(): void {
    this.#isCut = true;
  }

  mend(): void {
    this.#isCut = false;
  }

  close(): void {
    this.#front.close();
    for (const back of this.#backs.values()) back.close();
  }

  /** Each browser is somebody else to the server. */
  #backOf({ address, port }: RemoteInfo): Socket {
    const name = `${address}:${port}`;
    const known = this.#backs.get(name);
    if (known) return known;
    const back = createSocket('udp4');
    back.on('message', (bytes) => {
      if (!this.#isCut) this.#front.send(bytes, port, address);
    });
    this.#backs.set(name, back);
    return back;
  }
}
