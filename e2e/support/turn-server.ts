import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureTurnServer } from '../../scripts/lib/turn-server.mjs';

/** What coturn says on standard output when it takes requests. */
const LISTENING = /UDP listener opened|IPv4\. UDP listener/i;

/** A real coturn, which relays UDP to this machine's own address and to no other. */
export class TurnServer {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #said: string[];

  private constructor(url: string, child: ChildProcess, folder: string, said: string[]) {
    this.url = url;
    this.#process = child;
    this.#folder = folder;
    this.#said = said;
  }

  static async start(secret: string): Promise<TurnServer> {
    const address = ownAddress();
    const port = await freeUdpPort(address);
    const folder = await mkdtemp(join(tmpdir(), 'theta-turn-'));
    const child = spawn(
      await ensureTurnServer(),
      [
        '-n',
        '--no-cli',
        '--no-tls',
        '--no-dtls',
        '--no-tcp',
        '--verbose',
        '--log-file=stdout',
        `--pidfile=${join(folder, 'pid')}`,
        `--userdb=${join(folder, 'users.sqlite')}`,
        `--listening-ip=${address}`,
        `--listening-port=${port}`,
        `--relay-ip=${address}`,
        '--use-auth-secret',
        `--static-auth-secret=${secret}`,
        '--realm=theta.example',
        `--allowed-peer-ip=${address}`,
        '--denied-peer-ip=0.0.0.0-255.255.255.255',
        ...(address === LOOPBACK ? ['--allow-loopback-peers'] : []),
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const said: string[] = [];
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`coturn has ended:\n${said.join('\n')}`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        said.push(line);
        if (LISTENING.test(line)) resolve();
      });
    });
    return new TurnServer(`turn:${address}:${port}?transport=udp`, child, folder, said);
  }

  /** What coturn has logged. */
  get log(): string {
    return this.#said.join('\n');
  }

  async dispose(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const LOOPBACK = '127.0.0.1';

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? LOOPBACK;
}

async function freeUdpPort(address: string): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
