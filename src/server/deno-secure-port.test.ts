import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { connect } from 'node:tls';
import { afterEach, beforeEach, expect, it } from 'vitest';

const DENO = join(process.cwd(), 'node_modules', '.bin', 'deno');
const SCRIPT = join(import.meta.dirname, 'testing', 'deno-rotating-server.ts');
const TIMEOUT_MS = 30_000;

let server: ChildProcessByStdio<Writable, Readable, null>;

beforeEach(() => {
  const options = ['--no-check', '--unstable-net', '--allow-net=127.0.0.1'];
  server = spawn(DENO, ['run', ...options, SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
});

afterEach(async () => {
  if (server.exitCode !== null) return;
  server.kill('SIGKILL');
  await once(server, 'exit');
});

/** SHA-256 of the certificate that a port shows, base64. */
async function certificateAt(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const digest = socket.getPeerCertificate().fingerprint256.replaceAll(':', '');
  socket.destroy();
  return Buffer.from(digest, 'hex').toString('base64');
}

it(
  'shows the next certificate at the same port, each time it is replaced',
  async () => {
    const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
    const ports = new Set<number>();
    const hashes = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const { port, hash }: { port: number; hash: string } = JSON.parse((await lines.next()).value);
      expect(await certificateAt(port)).toBe(hash);
      ports.add(port);
      hashes.add(hash);
      server.stdin.write('next\n');
    }
    expect([ports.size, hashes.size]).toEqual([1, 3]);
    server.stdin.end();
    const [code] = await once(server, 'exit');
    expect(code).toBe(0);
  },
  TIMEOUT_MS,
);
