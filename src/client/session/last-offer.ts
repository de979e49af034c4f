import type { TransportOffer } from './connect.ts';

const KEY = 'theta.offer';

/**
 * What the server answers, or what it last answered while it is away: the page then opens with what
 * the browser knows.
 * @throws as `offering` does, in a browser that has never had an answer
 */
export async function lastOffer(offering: Promise<TransportOffer>): Promise<TransportOffer> {
  try {
    const offer = await offering;
    localStorage.setItem(KEY, JSON.stringify(offer));
    return offer;
  } catch (thrown) {
    const last = localStorage.getItem(KEY);
    if (last === null) throw thrown;
    return JSON.parse(last) as TransportOffer;
  }
}
