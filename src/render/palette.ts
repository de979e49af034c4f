/** The editor's own colours, in sRGB as they shall appear on the screen. */
export const PALETTE = {
  gridMinor: '#8790a3',
  gridMajor: '#a3acbf',
  axisX: '#f07178',
  axisY: '#8cc265',
  axisZ: '#61a8f5',
  gizmoNeutral: '#d6dae3',
  gizmoHighlight: '#ffd166',
  selection: '#ff9f43',
  hover: '#ffd9ae',
  helper: '#e8c06a',
  labelText: '#ffffff',
} as const;

/** The calm background, by the page's colour scheme. */
export const BACKDROPS = {
  dark: { top: '#282a32', horizon: '#222429', bottom: '#15161a' },
  light: { top: '#e4e6eb', horizon: '#d3d6dd', bottom: '#c3c7d0' },
} as const;

export type ColorScheme = keyof typeof BACKDROPS;
