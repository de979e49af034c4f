/** The editor's own colours, in sRGB as they shall appear on the screen. */
export const PALETTE = {
  backgroundTop: '#282a32',
  backgroundHorizon: '#222429',
  backgroundBottom: '#15161a',
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
