/** Another world around you, or things in your own room. */
export type XrMode = 'vr' | 'ar';

/** What a device can show. */
export interface XrSupport {
  readonly vr: boolean;
  readonly ar: boolean;
}

/** `auto` asks the device; `on` offers both without asking; `off` offers nothing. */
export type XrSwitch = 'auto' | 'on' | 'off';

export const NO_XR: XrSupport = { vr: false, ar: false };

export const SESSION_MODES: Readonly<Record<XrMode, XRSessionMode>> = {
  vr: 'immersive-vr',
  ar: 'immersive-ar',
};

/** The page's `?xr=on|off`. An operator who has switched XR off (`THETA_XR`) has the last word. */
export function xrSwitch(search: string, operatorAllows: boolean): XrSwitch {
  if (!operatorAllows) return 'off';
  const wanted = new URLSearchParams(search).get('xr');
  return wanted === 'on' || wanted === 'off' ? wanted : 'auto';
}

/** Asks the device what it can show. Without WebXR, or when it will not say: nothing. */
export async function findXrSupport(
  xr: Pick<XRSystem, 'isSessionSupported'> | undefined,
  choice: XrSwitch,
): Promise<XrSupport> {
  if (xr === undefined || choice === 'off') return NO_XR;
  if (choice === 'on') return { vr: true, ar: true };
  const [vr, ar] = await Promise.all([supports(xr, 'vr'), supports(xr, 'ar')]);
  return { vr, ar };
}

/** Browsers that run on a headset itself: there a page starts in what the headset will draw with. */
export function isHeadsetBrowser(userAgent: string): boolean {
  return /OculusBrowser|Quest|PicoBrowser|Wolvic|MagicLeap/i.test(userAgent);
}

async function supports(xr: Pick<XRSystem, 'isSessionSupported'>, mode: XrMode): Promise<boolean> {
  try {
    return await xr.isSessionSupported(SESSION_MODES[mode]);
  } catch (thrown) {
    // A page that may not use the headset is told so by an error; to people it is the same as none.
    if (thrown instanceof DOMException) return false;
    throw thrown;
  }
}
