import { createStore, type StoreApi } from 'zustand/vanilla';

export type Side = 'left' | 'right';

/** How a person likes it in the headset. */
export interface XrSettings {
  /** The hand that points; the other one holds the palette. */
  readonly dominant: Side;
  /** `grab`: grips hold objects, or the world. `blocks`: grips move the world, triggers hold objects. */
  readonly preset: 'grab' | 'blocks';
  readonly turning: 'snap' | 'smooth';
  /** Narrows the view while the world moves. */
  readonly vignette: boolean;
  /** Sitting people are lifted to standing height. */
  readonly seated: boolean;
}

export const XR_SETTINGS_DEFAULTS: XrSettings = {
  dominant: 'right',
  preset: 'grab',
  turning: 'snap',
  vignette: true,
  seated: false,
};

const KEY = 'theta.headset';

/** The settings of this browser; kept from one visit to the next. */
export function xrSettings(storage: Storage | undefined): StoreApi<XrSettings> {
  const store = createStore<XrSettings>(() => ({
    ...XR_SETTINGS_DEFAULTS,
    ...known(storage?.getItem(KEY) ?? null),
  }));
  store.subscribe((settings) => storage?.setItem(KEY, JSON.stringify(settings)));
  return store;
}

/** What of a stored text still means something. */
function known(text: string | null): Partial<XrSettings> {
  const stored = parse(text);
  const one = <T extends string>(value: unknown, ...of: T[]): T | undefined =>
    of.find((each) => each === value);
  const dominant = one(stored.dominant, 'left', 'right');
  const preset = one(stored.preset, 'grab', 'blocks');
  const turning = one(stored.turning, 'snap', 'smooth');
  return {
    ...(dominant && { dominant }),
    ...(preset && { preset }),
    ...(turning && { turning }),
    ...(typeof stored.vignette === 'boolean' && { vignette: stored.vignette }),
    ...(typeof stored.seated === 'boolean' && { seated: stored.seated }),
  };
}

function parse(text: string | null): Record<string, unknown> {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Somebody else wrote there: the defaults hold.
    return {};
  }
}
