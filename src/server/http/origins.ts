import { isIP } from 'node:net';

/** The ports that the server listens on: the real ones, after binding. */
export interface ListeningPorts {
  readonly httpPort: number;
  readonly httpsPort: number;
}

/** What the server calls itself. */
export interface OriginOptions {
  readonly ports: () => ListeningPorts;
  /** Where people open the page, when the operator said so. */
  readonly publicOrigin: string | undefined;
  /** Names of the operator's certificate and of this machine; may begin with `*.`. */
  readonly names: () => readonly string[];
  /** This machine's addresses on its networks. */
  readonly addresses: () => readonly string[];
}

const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/**
 * S6: which `Host` and `Origin` are this server's own. A page of another origin must not reach the
 * server through somebody's browser, neither straight nor by a name that it points here.
 */
export class OriginPolicy {
  readonly #options: OriginOptions;

  constructor(options: OriginOptions) {
    this.#options = options;
  }

  /** A `Host` that no foreign page can bring about: an address, or a name that we know as ours. */
  allowsHost(host: string): boolean {
    const name = hostNameOf(host);
    return name !== undefined && (isIP(name) !== 0 || this.#isOwn(name));
  }

  /**
   * Whether a page of `origin` may change things by a request to `host`: it is our public origin,
   * the host itself, or one of our own addresses on one of our own ports.
   */
  allowsOrigin(origin: string, host: string): boolean {
    if (!this.allowsHost(host) || !URL.canParse(origin)) return false;
    const url = new URL(origin);
    if (url.origin !== origin || !/^https?:$/.test(url.protocol)) return false;
    return (
      origin === this.#options.publicOrigin || url.host === hostOf(host) || this.#isOwnUrl(url)
    );
  }

  #isOwnUrl(url: URL): boolean {
    const secure = url.protocol === 'https:';
    const port = Number(url.port || (secure ? 443 : 80));
    const { httpPort, httpsPort } = this.#options.ports();
    const ownPort = secure ? httpsPort : httpPort;
    return port === ownPort && this.#isOwn(bare(url.hostname));
  }

  #isOwn(name: string): boolean {
    const { publicOrigin, names, addresses } = this.#options;
    if (LOOPBACK_NAMES.includes(name) || addresses().includes(name)) return true;
    if (publicOrigin !== undefined && bare(new URL(publicOrigin).hostname) === name) return true;
    return names().some((own) => matches(own, name));
  }
}

/** The host and port of a `Host` header as URLs write them, or `undefined` when it is no host. */
function hostOf(host: string): string | undefined {
  if (!/^[0-9A-Za-z._:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return undefined;
  return new URL(`http://${host}`).host;
}

/** The name or bare address of a `Host` header, lower case and without its port. */
export function hostNameOf(host: string): string | undefined {
  const canonical = hostOf(host);
  return canonical && bare(new URL(`http://${canonical}`).hostname);
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function matches(own: string, name: string): boolean {
  if (!own.startsWith('*.')) return own === name;
  const dot = name.indexOf('.');
  return dot > 0 && name.slice(dot) === own.slice(1);
}
