import { Color } from 'three';

/** Constants of the Khronos PBR Neutral tone mapper, the one three calls `NeutralToneMapping`. */
const START = 0.8 - 0.04;
const ROOM = 1 - START;
const DESATURATION = 0.15;
const TOE_GAIN = 6.25;
const TOE_END = 0.08;
const TOE_OFFSET = 0.04;
/** Output at the toe's end. */
const TOE_OUTPUT = TOE_END - TOE_OFFSET;
/** Brighter ones would need inputs so strong that their blended edges look jagged. */
const BRIGHTEST_OUTPUT = 0.93;

/**
 * The linear colour that comes out of the tone mapper as the given sRGB colour. Both backends tone-map
 * the whole picture, so that what belongs to the editor (grid, gizmo, labels) is drawn in these.
 */
export function displayColor(color: number | string): Color {
  return invertNeutralTone(new Color(color));
}

/** Inverts the tone mapper on a linear colour, in place. Outputs brighter than 0.93 are clipped. */
export function invertNeutralTone(color: Color): Color {
  const mappedPeak = Math.min(BRIGHTEST_OUTPUT, Math.max(color.r, color.g, color.b));
  if (mappedPeak >= START) invertShoulder(color, mappedPeak);
  const least = Math.max(0, Math.min(color.r, color.g, color.b));
  const offset = least < TOE_OUTPUT ? Math.sqrt(least / TOE_GAIN) - least : TOE_OFFSET;
  return color.setRGB(color.r + offset, color.g + offset, color.b + offset);
}

function invertShoulder(color: Color, mappedPeak: number): void {
  const peak = (ROOM * ROOM) / (1 - mappedPeak) - ROOM + START;
  const grey = 1 - 1 / (DESATURATION * (peak - mappedPeak) + 1);
  const gain = peak / mappedPeak / (1 - grey);
  const undo = (channel: number): number =>
    (Math.min(channel, mappedPeak) - mappedPeak * grey) * gain;
  color.setRGB(undo(color.r), undo(color.g), undo(color.b));
}
