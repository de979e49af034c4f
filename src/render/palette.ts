/** The editor's own colours, in sRGB as they shall appear on the screen. */
export const PALETTE = {
  backgroundTop: '#2a2f39',
  backgroundHorizon: '#23272f',
  backgroundBottom: '#16181d',
  gridMinor: '#8790a3',
  gridMajor: '#a3acbf',
  axisX: '#e5645f',
  axisY: '#7fb95a',
  axisZ: '#4d8df0',
  gizmoNeutral: '#d6dae3',
  gizmoHighlight: '#ffd166',
  selection: '#ff9f43',
  hover: '#ffd9ae',
  helper: '#e8c06a',
  labelText: '#ffffff',
} as const;
