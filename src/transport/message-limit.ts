import { type Lane, TRANSPORT_LIMITS, type Transport } from './transport.ts';

/** The longest message `transport` takes on `lane` now, in bytes. */
export function maxMessageBytes(
  transport: Pick<Transport, 'maxDatagramBytes'>,
  lane: Lane,
): number {
  if (lane === 'unreliable') return transport.maxDatagramBytes;
  return lane === 'reliable' ? TRANSPORT_LIMITS.maxReliableBytes : TRANSPORT_LIMITS.maxBulkBytes;
}
