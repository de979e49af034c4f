/** Passes UDP between one client and a server on loopback, until it is cut. */
export class UdpRelay {
  readonly port: number;
  readonly #front: Deno.DatagramConn;
  readonly #back: Deno.DatagramConn;
  #client: Deno.Addr | undefined;
  #isCut = false;

  constructor(serverPort: number) {
    const loopback = { transport: 'udp', hostname: '127.0.0.1', port: 0 } as const;
    this.#front = Deno.listenDatagram(loopback);
    this.#back = Deno.listenDatagram(loopback);
    this.port = (this.#front.addr as Deno.NetAddr).port;
    const server: Deno.Addr = { ...loopback, port: serverPort };
    void this.#pump(this.#front, (bytes, from) => {
      this.#client = from;
      return this.#back.send(bytes, server);
    });
    void this.#pump(this.#back, (bytes) => this.#front.send(bytes, this.#client!));
  }

  /** From here on every packet is lost, both ways, and nobody is told. */
  cut(): void {
    this.#isCut = true;
  }

  close(): void {
    this.#front.close();
    this.#back.close();
  }

  async #pump(
    socket: Deno.DatagramConn,
    forward: (bytes: Uint8Array, from: Deno.Addr) => Promise<number>,
  ): Promise<void> {
    for await (const [bytes, from] of socket) if (!this.#isCut) await forward(bytes, from);
  }
}
