import { fromBase64Url } from '../../../shared/bytes.ts';
import type { CloseInfo, Lane, Transport } from '../../../transport/transport.ts';
import { connectWebTransport } from '../../../transport/webtransport.ts';

/** One connection as a test drives it from outside the page: plain values in and out. */
export interface PageConnection {
  readonly transport: Transport;
  readonly closed: Promise<CloseInfo>;
  /** Sends `message` and waits for its echo on the same lane. */
  echo(lane: Lane, message: Uint8Array): Promise<Uint8Array>;
}

/** What the test calls in the page. */
export interface PageApi {
  connect(url: string, hash: string): Promise<PageConnection>;
}

const RESEND_MS = 50;

async function connect(url: string, hash: string): Promise<PageConnection> {
  const certificateHashes = [fromBase64Url(hash)!];
  const transport = await connectWebTransport(url, { certificateHashes });
  const waiting: Record<Lane, ((message: Uint8Array) => void)[]> = {
    reliable: [],
    bulk: [],
    unreliable: [],
  };
  transport.onMessage = (lane, message) => waiting[lane].shift()?.(message);
  const closed = new Promise<CloseInfo>((resolve) => {
    transport.onClose = resolve;
  });
  const echo = async (lane: Lane, message: Uint8Array): Promise<Uint8Array> => {
    const answer = new Promise<Uint8Array>((resolve) => waiting[lane].push(resolve));
    if (!transport.send(lane, message)) throw new Error(`${lane} took no ${message.length} bytes`);
    if (lane !== 'unreliable') return answer;
    const timer = setInterval(() => transport.send(lane, message), RESEND_MS);
    return answer.finally(() => clearInterval(timer));
  };
  return { transport, closed, echo };
}

Object.assign(globalThis, { theta: { connect } satisfies PageApi });
