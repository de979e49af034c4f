import type { Hono } from 'hono';
import { deferred } from '../transport/deferred.ts';
import type { AddressOf } from './http/forwarded.ts';
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
  /** Takes a request that is no longer HTTP once it is answered; `undefined` leaves it to `app`. */
  readonly upgrade?: Upgrade;
  /** Whose a request counts as; absent: whoever is at the other end of the line. */
  readonly addressOf?: AddressOf;
}

export type Upgrade = (request: Request, remoteAddress: string) => Response | undefined;

/** @throws Deno.errors.AddrInUse and its like */
export function listenHttp(options: HttpListenOptions): HttpListener {
  const { hostname, port, tls, app, upgrade, addressOf } = options;
  const server = Deno.serve(
    {
      hostname,
      port,
      // The one line at the start is the composition root's to print.
      onListen: () => undefined,
      ...(tls && { cert: tls.certPem, key: tls.keyPem }),
    },
    (request, { remoteAddr: { hostname: peer } }) => {
      const remoteAddress = addressOf?.(request.headers, peer) ?? peer;
      return upgrade?.(request, remoteAddress) ?? app.fetch(request, { remoteAddress });
    },
  );
  return {
    port: server.addr.port,
    async close(patienceMs) {
      const enough = deferred();
      const timer = setTimeout(enough.resolve, patienceMs);
      // The port is free at once, and WebSockets are closed; an abort would throw from now on.
      await Promise.race([server.shutdown(), enough.promise]);
      clearTimeout(timer);
    },
  };
}

/**
 * Listens on every loopback address, which is what `localhost` may mean; the IPv6 one is left out
 * where the machine has none, or another program holds its port.
 */
export function listenLoopback(options: Omit<HttpListenOptions, 'hostname' | 'tls'>): HttpListener {
  const listeners = [listenHttp({ ...options, hostname: '127.0.0.1' })];
  const actual = listeners[0]!.port;
  try {
    listeners.push(listenHttp({ ...options, hostname: '::1', port: actual }));
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
