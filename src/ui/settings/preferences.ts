import { createStore, type StoreApi } from 'zustand/vanilla';
import { panelStorage } from '../layout/panel-storage.ts';

export const THEMES = ['system', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];
export type ColorScheme = 'dark' | 'light';

/** How the page looks to this person, in this browser. */
export interface PreferencesState {
  readonly theme: Theme;
  /** Whether nothing moves by itself, whatever the system says. */
  readonly still: boolean;
  /** The first-run tour was seen, or closed. */
  readonly toured: boolean;
}

const KEY = 'theta-preferences';
const INITIAL: PreferencesState = { theme: 'system', still: false, toured: false };

export const preferences: StoreApi<PreferencesState> = createStore(() => restore());

/** What is no text of ours is passed over. */
function restore(): PreferencesState {
  try {
    const kept = JSON.parse(panelStorage.getItem(KEY) ?? '{}') as Partial<PreferencesState>;
    return {
      theme: THEMES.find((theme) => theme === kept.theme) ?? INITIAL.theme,
      still: kept.still === true,
      toured: kept.toured === true,
    };
  } catch (error) {
    if (error instanceof SyntaxError) return INITIAL;
    throw error;
  }
}

const systemLight = (): MediaQueryList => matchMedia('(prefers-color-scheme: light)');

/** The theme that is shown, where the system chooses, too. */
export function schemeOf({ theme }: PreferencesState): ColorScheme {
  if (theme !== 'system') return theme;
  return systemLight().matches ? 'light' : 'dark';
}

/** Lets the page look as chosen, now and whenever that changes; remembers what is chosen. */
export function followPreferences(): void {
  const show = (): void => {
    const state = preferences.getState();
    const { dataset } = document.documentElement;
    dataset.theme = schemeOf(state);
    if (state.still) dataset.still = '';
    else delete dataset.still;
  };
  show();
  preferences.subscribe((state) => {
    panelStorage.setItem(KEY, JSON.stringify(state));
    show();
  });
  systemLight().addEventListener('change', show);
}

/** Calls `fn` with the scheme that is shown, now and whenever it changes. */
export function onScheme(fn: (scheme: ColorScheme) => void): void {
  const tell = (): void => fn(schemeOf(preferences.getState()));
  tell();
  preferences.subscribe(tell);
  systemLight().addEventListener('change', tell);
}
