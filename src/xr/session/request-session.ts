import { messageOf, ThetaError } from '../../shared/errors.ts';
import { SESSION_MODES, type XrMode } from './xr-support.ts';

export type XrErrorCode = 'xr-refused';

/** Granted where the device has them; a session without them has less, and works. */
const OPTIONAL_FEATURES: Readonly<Record<XrMode, readonly string[]>> = {
  vr: ['bounded-floor', 'hand-tracking'],
  ar: ['hand-tracking', 'hit-test', 'anchors'],
};

/**
 * Asks the device for a session. Call it inside the click or key press itself: a browser allows it
 * nowhere else.
 * @throws {ThetaError} `xr-refused` with a sentence
 */
export async function requestXrSession(
  xr: Pick<XRSystem, 'requestSession'>,
  mode: XrMode,
): Promise<XRSession> {
  try {
    return await xr.requestSession(SESSION_MODES[mode], {
      requiredFeatures: ['local-floor'],
      optionalFeatures: [...OPTIONAL_FEATURES[mode]],
    });
  } catch (cause) {
    const what = mode === 'vr' ? 'VR' : 'AR';
    const message = `The headset did not start ${what}: ${messageOf(cause)}`;
    throw new ThetaError<XrErrorCode>('xr-refused', message, { cause });
  }
}

/** Whether the session was granted a feature; where a browser does not tell, its functions are asked. */
export function hasFeature(session: Pick<XRSession, 'enabledFeatures'>, feature: string): boolean {
  return session.enabledFeatures?.includes(feature) ?? false;
}
