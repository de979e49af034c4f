import { Hono } from 'hono';
import type { RungName } from '../../transport/transport.ts';
import type { PageFlags } from '../config.ts';
import { hostNameOf } from './origins.ts';
import { type AppEnv, refuse, requestHost } from './request-context.ts';

/** How to reach the rooms, as things are now: ports are the real ones. */
export interface TransportOffer {
  /** HTTPS and WebSocket on TCP, WebTransport on UDP. */
  readonly port: number;
  /** The address to use whatever name the page was opened with; absent: that name. */
  readonly host: string | undefined;
  /** Where others on the network open the page; undefined when they cannot. */
  readonly network: string | undefined;
  /** SHA-256 of the certificate, base64; none when a browser can check it by itself. */
  readonly certificateHashes: readonly string[];
  /** Where WebRTC's peer connections go, when there is a gateway for them now. */
  readonly webrtc: { readonly port: number; readonly turn: boolean } | undefined;
  /** The transports that pages may use. */
  readonly rungs: readonly RungName[];
  readonly flags: PageFlags;
}

/** The path that WebTransport sessions are opened at. */
export const WEBTRANSPORT_PATH = '/wt';
/** The path of WebSockets, on the port that the page came from. */
export const WEBSOCKET_PATH = '/ws';

/**
 * `GET /`: the page asks again at each reconnection, for ports and certificates change. A rung that
 * the operator has switched off is not there.
 */
export function transportRoute(offer: () => TransportOffer): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/', (c) => {
    const name = hostNameOf(requestHost(c));
    if (name === undefined)
      return refuse(c, 421, 'foreign-host', 'This is not the server you mean.');
    const { network, flags, rungs, webrtc } = offer();
    const ways = {
      webtransport: webTransportWay(name, offer()),
      webrtc,
      websocket: { path: WEBSOCKET_PATH },
    };
    const allowed = Object.entries(ways).filter(([rung]) => rungs.some((each) => each === rung));
    return c.json({ ...Object.fromEntries(allowed), network, ...flags });
  });
}

function webTransportWay(name: string, { host, port, certificateHashes }: TransportOffer) {
  const url = `https://${urlHost(host ?? name)}:${port}${WEBTRANSPORT_PATH}`;
  return { url, port, certificateHashes };
}

/** The origins, besides its own, that a page opened at `requested` connects to. */
export function connectOrigins(requested: string, { host, port }: TransportOffer): string[] {
  const names = new Set([hostNameOf(requested), host].filter((name) => name !== undefined));
  const authorities = [...names].map((name) => `${urlHost(name)}:${port}`);
  return authorities.flatMap((authority) => [`https://${authority}`, `wss://${authority}`]);
}

function urlHost(name: string): string {
  return name.includes(':') ? `[${name}]` : name;
}
