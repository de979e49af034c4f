import { systemClock } from '../../shared/clock.ts';
import { ThetaError } from '../../shared/errors.ts';
import { Ladder, type Rung } from '../../transport/ladder.ts';
import { RUNGS, type RungName } from '../../transport/transport.ts';
import { connectWebRtc } from '../../transport/webrtc.ts';
import { connectWebSocket } from '../../transport/websocket.ts';
import { connectWebTransport } from '../../transport/webtransport.ts';

import { type Joiner, signallingFor } from './signalling.ts';

/**
 * What `GET /api/transport` answers: how to reach the rooms now, and what the operator allows. A rung
 * that is switched off is absent.
 */
export interface TransportOffer {
  readonly webtransport?: {
    readonly url: string;
    readonly port: number;
    /** Base64 SHA-256 of certificates to trust. */
    readonly certificateHashes: readonly string[];
  };
  /** Absent too while the server's gateway for it is not there. */
  readonly webrtc?: { readonly port: number; readonly turn: boolean };
  /** On the page's own origin. */
  readonly websocket?: { readonly path: string };
  /** Where others on the network open the page. */
  readonly network?: string;
  readonly renderer: 'auto' | 'webgl' | 'webgpu';
  readonly xr: boolean;
}

/** A network that takes longer to answer so small a question is as good as none. */
const OFFER_MS = 5000;

/** @throws {ThetaError} `unreachable` */
export async function fetchOffer(): Promise<TransportOffer> {
  const response = await fetch('/api/transport', {
    cache: 'no-store',
    signal: AbortSignal.timeout(OFFER_MS),
  }).catch(() => undefined);
  if (!response?.ok) throw new ThetaError('unreachable', 'The server cannot be reached.');
  return (await response.json()) as TransportOffer;
}

/**
 * The rung that the page's address forces.
 * @throws {ThetaError} `unsupported` for one that there is not
 */
export function forcedRung(search: string): RungName | undefined {
  const asked = new URLSearchParams(search).get('transport') ?? undefined;
  const forced = RUNGS.find((rung) => rung === asked);
  if (asked === undefined || forced) return forced;
  throw new ThetaError(
    'unsupported',
    `There is no transport "${asked}" here; remove ?transport= from the address.`,
  );
}

/**
 * The ladder to the rooms that this page's server offers. It asks anew each time: ports and
 * certificates change.
 * @param forced the one rung to use, whatever others there are
 * @param joiner who asks, for the rung that must know
 * @param offering the first answer, on its way already
 */
export function ladderToRooms(
  forced: RungName | undefined,
  offering: Promise<TransportOffer>,
  joiner: () => Promise<Joiner>,
): Ladder {
  let first: Promise<TransportOffer> | undefined = offering;
  return new Ladder({
    clock: systemClock,
    rungs: async () => {
      const offer = first ?? fetchOffer();
      first = undefined;
      const rungs = rungsOf(await offer, joiner);
      if (forced === undefined) return rungs.filter(({ kind }) => isSupported(kind));
      const chosen = rungs.find(({ kind }) => kind === forced);
      if (chosen) return [chosen];
      // The process that holds WebRTC's connections may be on its way.
      throw new ThetaError(
        forced === 'webrtc' ? 'unreachable' : 'unsupported',
        `This server does not offer the transport "${forced}"; remove ?transport= from the address.`,
      );
    },
  });
}

function rungsOf(
  { webtransport, webrtc, websocket }: TransportOffer,
  joiner: () => Promise<Joiner>,
): readonly Rung[] {
  const rungs: Rung[] = [];
  if (webtransport) {
    const certificateHashes = webtransport.certificateHashes.map((hash) =>
      Uint8Array.from(atob(hash), (character) => character.charCodeAt(0)),
    );
    rungs.push({
      kind: 'webtransport',
      connect: () => connectWebTransport(webtransport.url, { certificateHashes }),
    });
  }
  if (webrtc) {
    const signalling = signallingFor(joiner, webrtc.turn);
    rungs.push({ kind: 'webrtc', connect: () => connectWebRtc(signalling) });
  }
  if (websocket) {
    const url = new URL(websocket.path, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    rungs.push({ kind: 'websocket', connect: () => connectWebSocket(url) });
  }
  return rungs;
}

function isSupported(kind: Rung['kind']): boolean {
  if (kind === 'webtransport') return 'WebTransport' in globalThis;
  return kind !== 'webrtc' || 'RTCPeerConnection' in globalThis;
}
