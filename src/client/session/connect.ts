import { ThetaError } from '../../shared/errors.ts';
import type { Transport } from '../../transport/transport.ts';
import { connectWebTransport } from '../../transport/webtransport.ts';

/** What `GET /api/transport` answers: how to reach the rooms now, and what the operator allows. */
export interface TransportOffer {
  readonly webtransport: {
    readonly url: string;
    readonly port: number;
    /** Base64 SHA-256 of certificates to trust. */
    readonly certificateHashes: readonly string[];
  };
  /** Where others on the network open the page. */
  readonly network?: string;
  readonly renderer: 'auto' | 'webgl' | 'webgpu';
  readonly transport: string;
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

/** The rungs that this build has. */
const RUNGS = ['webtransport'];

/**
 * The rung that the page's address forces.
 * @throws {ThetaError} `unsupported` for one that there is not
 */
export function forcedRung(search: string): string | undefined {
  const forced = new URLSearchParams(search).get('transport') ?? undefined;
  if (forced === undefined || RUNGS.includes(forced)) return forced;
  throw new ThetaError(
    'unsupported',
    `There is no transport "${forced}" here; remove ?transport= from the address.`,
  );
}

/** Asks anew where the rooms are, unless it is told: ports and certificates change. */
export async function connectToRooms(offer = fetchOffer()): Promise<Transport> {
  if (!('WebTransport' in globalThis)) {
    throw new ThetaError('unsupported', 'This browser has no WebTransport.');
  }
  const { webtransport } = await offer;
  const certificateHashes = webtransport.certificateHashes.map((hash) =>
    Uint8Array.from(atob(hash), (character) => character.charCodeAt(0)),
  );
  return connectWebTransport(webtransport.url, { certificateHashes });
}
