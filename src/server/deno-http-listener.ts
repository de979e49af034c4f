import type { Hono } from 'hono';
import type { AppEnv } from './http/request-context.ts';

/** A port that answers HTTP. */
export interface HttpListener {
  readonly port: number;
  /** Takes no more requests, and waits for those under way, but no longer than `patienceMs`. */
  close(patienceMs: number): Promise<void>;
}

export interface HttpListenOptions {
  readonly hostname: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Absent: plain HTTP. */
  readonly tls?: { readonly certPem: string; readonly keyPem: string };
  readonly app: Hono<AppEnv>;
}

/** @throws Deno.errors.AddrInUse and its like */
export function listenHttp({ hostname, port, tls, app }: HttpListenOptions): HttpListener {
  const abort = new AbortController();
  const server = Deno.serve(
    {
      hostname,
      port,
      signal: abort.signal,
      // The one line at the start is the composition root's to print.
      onListen: () => undefined,
      ...(tls && { cert: tls.certPem, key: tls.keyPem }),
    },
    (request, { remoteAddr }) => app.fetch(request, { remoteAddress: remoteAddr.hostname }),
  );
  return {
    port: server.addr.port,
    async close(patienceMs) {
      const timer = setTimeout(() => abort.abort(), patienceMs);
      await server.shutdown();
      clearTimeout(timer);
    },
  };
}

/**
 * Listens on every loopback address, which is what `localhost` may mean; the IPv6 one is left out
 * where the machine has none, or another program holds its port.
 */
export function listenLoopback(port: number, app: Hono<AppEnv>): HttpListener {
  const listeners = [listenHttp({ hostname: '127.0.0.1', port, app })];
  const actual = listeners[0]!.port;
  try {
    listeners.push(listenHttp({ hostname: '::1', port: actual, app }));
  } catch (thrown) {
    if (!isUnavailable(thrown)) throw thrown;
  }
  return {
    port: actual,
    async close(patienceMs) {
      await Promise.all(listeners.map((listener) => listener.close(patienceMs)));
    },
  };
}

/** Whether an address cannot be bound because the machine lacks it or somebody has it. */
export function isUnavailable(thrown: unknown): boolean {
  if (thrown instanceof Deno.errors.AddrInUse || thrown instanceof Deno.errors.AddrNotAvailable)
    return true;
  return thrown instanceof Error && /Address family not supported/i.test(thrown.message);
}
