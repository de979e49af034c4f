import type { Hono } from 'hono';
import { type HttpListener, isUnavailable, listenHttp } from './deno-http-listener.ts';
import type { AppEnv } from './http/request-context.ts';
import type { ServerCertificate } from './tls/certificate.ts';
import type {
  ListenForTransports,
  TransportListener,
  TransportListenOptions,
} from './transport-listener.ts';

export interface SecurePortOptions extends Pick<TransportListenOptions, 'allows' | 'accept'> {
  /** `undefined` is every address. */
  readonly host: string | undefined;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly app: Hono<AppEnv>;
  /** Absent: HTTPS alone. */
  readonly listenForTransports: ListenForTransports | undefined;
}

interface Listeners {
  readonly https: HttpListener;
  readonly transports: TransportListener | undefined;
}

/** How often a port that the system chose for TCP may turn out to be taken on UDP. */
const PORT_ATTEMPTS = 10;

/** HTTPS on TCP and transports on UDP, at one port, with one certificate that may be replaced. */
export class SecurePort {
  readonly #options: SecurePortOptions;
  #listeners: Listeners;

  private constructor(options: SecurePortOptions, listeners: Listeners) {
    this.#options = options;
    this.#listeners = listeners;
  }

  static async open(
    options: SecurePortOptions,
    certificate: ServerCertificate,
  ): Promise<SecurePort> {
    return new SecurePort(options, await listenBoth(options, options.port, certificate));
  }

  get port(): number {
    return this.#listeners.https.port;
  }

  get transportPort(): number | undefined {
    return this.#listeners.transports?.port;
  }

  /**
   * Listens again, at the same port, with another certificate. Connections end; their pages come
   * back within seconds and ask for the new certificate's hash first.
   */
  async replaceCertificate(certificate: ServerCertificate, patienceMs: number): Promise<void> {
    const { port } = this;
    await this.close(patienceMs);
    this.#listeners = await listenBoth(this.#options, port, certificate);
  }

  async close(patienceMs: number): Promise<void> {
    const { https, transports } = this.#listeners;
    await Promise.all([https.close(patienceMs), transports?.close()]);
  }
}

async function listenBoth(
  options: SecurePortOptions,
  port: number,
  certificate: ServerCertificate,
): Promise<Listeners> {
  for (let attempt = 1; ; attempt++) {
    const [https, hostname] = listenHttps(options, port, certificate);
    try {
      const { listenForTransports, allows, accept } = options;
      const at = { hostname, port: https.port, certificate, allows, accept };
      return { https, transports: await listenForTransports?.(at) };
    } catch (thrown) {
      await https.close(0);
      if (port !== 0 || !isUnavailable(thrown) || attempt === PORT_ATTEMPTS) throw thrown;
    }
  }
}

/** Every address is `::`, which takes IPv4 too; `0.0.0.0` where the machine has no IPv6. */
function listenHttps(
  { host, app }: SecurePortOptions,
  port: number,
  certificate: ServerCertificate,
): readonly [HttpListener, string] {
  const listenAt = (hostname: string): readonly [HttpListener, string] => [
    listenHttp({ hostname, port, tls: certificate, app }),
    hostname,
  ];
  if (host !== undefined) return listenAt(host);
  try {
    return listenAt('::');
  } catch (thrown) {
    if (!isUnavailable(thrown) || thrown instanceof Deno.errors.AddrInUse) throw thrown;
    return listenAt('0.0.0.0');
  }
}
