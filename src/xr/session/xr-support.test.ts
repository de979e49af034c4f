import { describe, expect, it } from 'vitest';
import { chooseFrameRate } from './frame-rate.ts';
import { requestXrSession } from './request-session.ts';
import { findXrSupport, isHeadsetBrowser, NO_XR, xrSwitch } from './xr-support.ts';

const headset = (modes: readonly string[]) => ({
  isSessionSupported: async (mode: string) => modes.includes(mode),
});

describe('the XR switch', () => {
  it('is the page’s, unless the operator has switched XR off', () => {
    expect(xrSwitch('', true)).toBe('auto');
    expect(xrSwitch('?xr=on', true)).toBe('on');
    expect(xrSwitch('?xr=off', true)).toBe('off');
    expect(xrSwitch('?xr=perhaps', true)).toBe('auto');
    expect(xrSwitch('?xr=on', false)).toBe('off');
  });
});

describe('what a device can show', () => {
  it('is what it says', async () => {
    expect(await findXrSupport(headset(['immersive-vr']), 'auto')).toEqual({ vr: true, ar: false });
    expect(await findXrSupport(headset(['immersive-vr', 'immersive-ar']), 'off')).toEqual(NO_XR);
    expect(await findXrSupport(undefined, 'on')).toEqual(NO_XR);
  });

  it('is everything where it is forced', async () => {
    expect(await findXrSupport(headset([]), 'on')).toEqual({ vr: true, ar: true });
  });

  it('is nothing where the page may not ask', async () => {
    const forbidden = { isSessionSupported: () => Promise.reject(new DOMException('No.')) };
    expect(await findXrSupport(forbidden, 'auto')).toEqual(NO_XR);
  });

  it('knows the browsers of headsets', () => {
    const quest = 'Mozilla/5.0 (X11; Linux x86_64; Quest 3) OculusBrowser/33.0 Chrome/126.0 VR';
    expect(isHeadsetBrowser(quest)).toBe(true);
    expect(isHeadsetBrowser('Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0')).toBe(false);
  });

  it('says in words why a session did not start', async () => {
    const refusing = { requestSession: () => Promise.reject(new DOMException('Busy.')) };
    await expect(requestXrSession(refusing, 'ar')).rejects.toThrow(
      'The headset did not start AR: Busy.',
    );
  });
});

describe('the frame rate', () => {
  it('is the highest that is not above the wanted one', () => {
    expect(chooseFrameRate([72, 80, 90, 120])).toBe(90);
    expect(chooseFrameRate(new Float32Array([120, 60, 72]))).toBe(72);
    expect(chooseFrameRate([120])).toBe(120);
    expect(chooseFrameRate([])).toBeUndefined();
  });
});
