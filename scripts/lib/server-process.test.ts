import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CONFIG_VARIABLES } from '../../src/server/config.ts';
import { denoPath, SERVER_VARIABLES, serverPermissions } from './server-process.mjs';

/** The server as `npm start` runs it: under Deno, with its narrow permissions. */
const ROOT = process.cwd();
const TIMEOUT_MS = 30_000;

type Environment = Readonly<Record<string, string>>;

interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Addresses, once it is ready; none when it ended before. */
  readonly urls: Promise<readonly string[]>;
  readonly ended: Promise<number | null>;
}

let folder: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'theta-server-'));
});

afterEach(async () => {
  for (const child of started.splice(0))
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
});

afterAll(() => rm(folder, { recursive: true }));

function run(over: Environment = {}): Running {
  const env = {
    PATH: process.env.PATH ?? '',
    THETA_PORT: '0',
    THETA_HTTP_PORT: '0',
    THETA_DATA_DIR: join(folder, 'data'),
    ...over,
  };
  const main = join(ROOT, 'src', 'server', 'main.ts');
  const options = ['--no-prompt', '--no-check', '--unstable-net', ...serverPermissions(ROOT, env)];
  const child = spawn(denoPath(ROOT), ['run', ...options, main, '--until-input-ends'], { env });
  started.push(child);
  let output = '';
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  const urls = new Promise<readonly string[]>((resolve) => {
    void ended.then(() => resolve([]));
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const ready = /^Theta is ready at (.*)$/m.exec(output)?.[1];
        if (ready !== undefined) resolve(ready.split(' '));
      });
  });
  return { child, output: () => output, urls, ended };
}

async function create(origin: string): Promise<{ sessionId: string }> {
  const response = await fetch(`${origin}/api/sessions`, {
    method: 'POST',
    headers: { Origin: origin },
  });
  expect(response.status).toBe(201);
  return await response.json();
}

/** SHA-256 of the certificate that answers at an HTTPS address, and the body of `/healthz`. */
function askSecurely(origin: string): Promise<{ fingerprint: string; body: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(
      `${origin}/healthz`,
      { rejectUnauthorized: false, agent: false },
      (answer) => {
        const socket = answer.socket as import('node:tls').TLSSocket;
        const fingerprint = socket.getPeerCertificate().fingerprint256;
        let body = '';
        answer.on('data', (chunk: Buffer) => {
          body += chunk.toString();
        });
        answer.on('end', () => resolve({ fingerprint, body }));
      },
    );
    asking.on('error', reject);
    asking.end();
  });
}

const secureOf = (urls: readonly string[]) => urls.find((url) => url.startsWith('https:')) ?? '';

describe('the session server', () => {
  it('may read the variables that it knows, and no others', () => {
    expect([...SERVER_VARIABLES].sort()).toEqual([...CONFIG_VARIABLES].sort());
  });

  it(
    'answers on loopback and on HTTPS, and ends with 0 on SIGTERM and SIGINT',
    async () => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        const server = run();
        const urls = await server.urls;
        const [plain = ''] = urls;
        expect(plain).toMatch(/^http:\/\/localhost:\d+$/);
        expect(await (await fetch(`${plain}/healthz`)).json()).toEqual({ status: 'ok' });
        expect((await askSecurely(secureOf(urls))).body).toBe('{"status":"ok"}');
        server.child.kill(signal);
        expect(await server.ended).toBe(0);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'D3: killed and started again, has its sessions and its certificate',
    async () => {
      const first = run();
      const before = await first.urls;
      const { sessionId } = await create(before[0]!);
      const { fingerprint } = await askSecurely(secureOf(before));
      first.child.kill('SIGKILL');
      await first.ended;
      const after = await run().urls;
      expect((await fetch(`${after[0]}/api/sessions/${sessionId}`)).status).toBe(200);
      expect((await askSecurely(secureOf(after))).fingerprint).toBe(fingerprint);
    },
    TIMEOUT_MS,
  );

  it(
    'does not outlive whoever started it',
    async () => {
      const server = run();
      await server.urls;
      server.child.stdin?.end();
      expect(await server.ended).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'binds the ports it is given',
    async () => {
      const free = await run().urls;
      const [httpPort, port] = [free[0]!, secureOf(free)].map((url) => new URL(url).port);
      for (const child of started) child.kill('SIGKILL');
      await Promise.all(
        started.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')),
      );
      const given = await run({ THETA_PORT: port!, THETA_HTTP_PORT: httpPort! }).urls;
      expect(given.slice(0, 2)).toEqual([free[0], secureOf(free)]);
    },
    TIMEOUT_MS,
  );

  it(
    'refuses a folder that another server holds',
    async () => {
      await run().urls;
      const second = run();
      expect(await second.ended).toBe(2);
      expect(second.output()).toContain('THETA_DATA_DIR is in use by another Theta server');
    },
    TIMEOUT_MS,
  );

  it(
    'refuses a port that is taken, naming its variable',
    async () => {
      const port = new URL(secureOf(await run().urls)).port;
      const second = run({ THETA_PORT: port, THETA_DATA_DIR: join(folder, 'other') });
      expect(await second.ended).toBe(2);
      expect(second.output()).toContain(`THETA_PORT ${port}`);
    },
    TIMEOUT_MS,
  );

  it(
    'refuses an invalid value in one sentence, with exit code 2',
    async () => {
      const server = run({ THETA_HTTP_PORT: 'many' });
      expect(await server.ended).toBe(2);
      expect(server.output()).toBe('THETA_HTTP_PORT must be a port, 0 to 65535.\n');
    },
    TIMEOUT_MS,
  );
});
