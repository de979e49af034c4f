/** Frames a second that are asked for: smooth, and half as dear again as 72 on a Quest 3's GPU. */
const WANTED_RATE = 90;
/** How much coarser the edges of the picture may be, from 0 to 1. They are not looked at. */
export const FOVEATION = 0.6;
const FALLBACK_RATE = 72;

/** The highest supported rate up to the wanted one, else the lowest there is. */
export function chooseFrameRate(
  supported: Iterable<number>,
  wanted: number = WANTED_RATE,
): number | undefined {
  const rates = [...supported].sort((a, b) => a - b);
  return rates.findLast((rate) => rate <= wanted) ?? rates[0];
}

/** Asks for the frame rate that suits us, where the device leaves the choice. Returns the rate to expect. */
export async function applyFrameRate(session: XRSession): Promise<number> {
  const rate = chooseFrameRate(session.supportedFrameRates ?? []);
  if (rate === undefined || session.updateTargetFrameRate === undefined) {
    return session.frameRate ?? FALLBACK_RATE;
  }
  try {
    await session.updateTargetFrameRate(rate);
    return rate;
  } catch (thrown) {
    // A device that is hot or low on power may refuse; it goes on at the rate it has.
    if (thrown instanceof DOMException) return session.frameRate ?? FALLBACK_RATE;
    throw thrown;
  }
}
