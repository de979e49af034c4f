import {
  type HttpListener,
  type HttpListenOptions,
  isUnavailable,
  listenHttp,
} from './deno-http-listener.ts';
import type { ServerCertificate } from './tls/certificate.ts';
import type { ListenForTransports, TransportListener } from './transport-listener.ts';

export interface SecurePortOptions extends Pick<HttpListenOptions, 'app' | 'upgrade'> {
  /** `undefined` is every address. */
  readonly host: string | undefined;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly listenForTransports: ListenForTransports;
}

interface Listeners {
  readonly hostname: string;
  readonly https: HttpListener;
  readonly transports: TransportListener;
}

/** How often a port that the system chose for TCP may turn out to be taken on UDP. */
const PORT_ATTEMPTS = 10;

/** HTTPS on TCP and transports on UDP, at one port, with one certificate that may be replaced. */
export class SecurePort {
  readonly #options: SecurePortOptions;
  readonly #hostname: string;
  readonly #transports: TransportListener;
  #https: HttpListener;

  private constructor(options: SecurePortOptions, { hostname, https, transports }: Listeners) {
    this.#options = options;
    this.#hostname = hostname;
    this.#https = https;
    this.#transports = transports;
  }

  static async open(
    options: SecurePortOptions,
    certificate: ServerCertificate,
  ): Promise<SecurePort> {
    return new SecurePort(options, await listenBoth(options, certificate));
  }

  get port(): number {
    return this.#https.port;
  }

  /**
   * Listens with another certificate at the same port. Connections on UDP go on; HTTPS answers what
   * it was asked, and then listens anew.
   */
  async replaceCertificate(tls: ServerCertificate, patienceMs: number): Promise<void> {
    this.#transports.rotateCertificate(tls);
    const at = { hostname: this.#hostname, port: this.port, tls };
    await this.#https.close(patienceMs);
    this.#https = listenHttp({ ...this.#options, ...at });
  }

  async close(patienceMs: number): Promise<void> {
    await Promise.all([this.#https.close(patienceMs), this.#transports.close()]);
  }
}

async function listenBoth(
  options: SecurePortOptions,
  certificate: ServerCertificate,
): Promise<Listeners> {
  for (let attempt = 1; ; attempt++) {
    const [https, hostname] = listenHttps(options, certificate);
    try {
      const at = { hostname, port: https.port, certificate };
      return { hostname, https, transports: options.listenForTransports(at) };
    } catch (thrown) {
      await https.close(0);
      if (options.port !== 0 || !isUnavailable(thrown) || attempt === PORT_ATTEMPTS) throw thrown;
    }
  }
}

/** Every address is `::`, which takes IPv4 too; `0.0.0.0` where the machine has no IPv6. */
function listenHttps(
  options: SecurePortOptions,
  certificate: ServerCertificate,
): readonly [HttpListener, string] {
  const listenAt = (hostname: string): readonly [HttpListener, string] => [
    listenHttp({ ...options, hostname, tls: certificate }),
    hostname,
  ];
  if (options.host !== undefined) return listenAt(options.host);
  try {
    return listenAt('::');
  } catch (thrown) {
    if (!isUnavailable(thrown) || thrown instanceof Deno.errors.AddrInUse) throw thrown;
    return listenAt('0.0.0.0');
  }
}
