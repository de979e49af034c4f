import type { Bytes } from '../../shared/bytes.ts';
import { messageOf } from '../../shared/errors.ts';
import type { QuicBidi, QuicEnd, QuicPort } from './quic-port.ts';

/** Once a connection has ended, Deno has no size to tell; anything sent then is dropped. */
const NO_DATAGRAMS = 0;

function bidiOf({ readable, writable }: Deno.QuicBidirectionalStream): QuicBidi {
  return {
    id: Number(writable.id),
    readable,
    writable,
    setPriority(priority) {
      writable.sendOrder = priority;
    },
  };
}

async function endOf(conn: Deno.QuicConn): Promise<QuicEnd> {
  try {
    const { closeCode, reason } = await conn.closed;
    return { kind: 'application', code: Number(closeCode), reason };
  } catch (error) {
    return { kind: 'lost', code: 0, reason: messageOf(error) };
  }
}

/** A connection of Deno's QUIC (`--unstable-net`) as our HTTP/3 layer wants it. */
export function denoQuicPort(conn: Deno.QuicConn): QuicPort {
  let hasEnded = false;
  const ended = endOf(conn).finally(() => {
    hasEnded = true;
  });
  return {
    remoteAddress: conn.remoteAddr.hostname,
    get maxDatagramBytes() {
      return hasEnded ? NO_DATAGRAMS : conn.maxDatagramSize;
    },
    openUni: () => conn.createUnidirectionalStream({ waitUntilAvailable: true }),
    incomingBidi: conn.incomingBidirectionalStreams.pipeThrough(
      new TransformStream<Deno.QuicBidirectionalStream, QuicBidi>({
        transform: (stream, controller) => controller.enqueue(bidiOf(stream)),
      }),
    ),
    incomingUni: conn.incomingUnidirectionalStreams as ReadableStream<ReadableStream<Bytes>>,
    sendDatagram: (datagram) => conn.sendDatagram(datagram),
    readDatagram: () => conn.readDatagram(),
    ended,
    close: (closeCode, reason) => conn.close({ closeCode, reason }),
  };
}
