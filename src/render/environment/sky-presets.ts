import type { Plain } from '../../ecs/component.ts';
import type { Environment } from '../../ecs/components/index.ts';

export type SkyName = Plain<typeof Environment>['preset'];

/** Linear red, green and blue. */
export type Rgb = readonly [number, number, number];

/** A lamp in a painted room: a soft rectangle in angles around the viewer. */
export interface Softbox {
  /** Radians around y. */
  readonly azimuth: number;
  /** Radians above the horizon. */
  readonly elevation: number;
  readonly width: number;
  readonly height: number;
  readonly strength: number;
}

/** A sun, a moon, or the strongest lamp of a room: seen in the sky, and a light of its own. */
export interface SkySun {
  readonly azimuth: number;
  readonly elevation: number;
  readonly color: Rgb;
  /** Radians from its middle to its edge; 0 draws none. */
  readonly size: number;
  /** How far its glow reaches, in radians, and how bright that is at the edge of the disc. */
  readonly glow: number;
  readonly glowStrength: number;
  /** Lux of the light that stands for it. */
  readonly light: number;
}

/** A sky as code paints it. Colours are linear radiance: 1 is paper in the sun. */
export interface Sky {
  readonly zenith: Rgb;
  readonly horizon: Rgb;
  readonly ground: Rgb;
  /** Below 1 the horizon's colour reaches up high, above it stays low. */
  readonly falloff: number;
  readonly sun?: SkySun;
  readonly softboxes?: readonly Softbox[];
  readonly clouds?: { readonly cover: number; readonly color: Rgb };
  readonly stars?: boolean;
  /** How strongly it lights surfaces. */
  readonly light: number;
  /** A calm backdrop in its place, for rooms that are not to be looked at. */
  readonly backdrop?: boolean;
}

export const SKIES: Readonly<Record<SkyName, Sky>> = {
  studio: {
    zenith: [0.62, 0.68, 0.8],
    horizon: [0.4, 0.42, 0.46],
    ground: [0.13, 0.125, 0.12],
    falloff: 0.6,
    sun: {
      azimuth: 0.9,
      elevation: 0.83,
      color: [1, 0.9, 0.77],
      size: 0,
      glow: 0,
      glowStrength: 0,
      light: 1.3,
    },
    softboxes: [
      { azimuth: 0.8, elevation: 0.85, width: 0.9, height: 0.5, strength: 2.4 },
      { azimuth: -2.2, elevation: 0.55, width: 0.6, height: 0.6, strength: 1 },
      { azimuth: 2.7, elevation: 0.25, width: 0.35, height: 0.8, strength: 0.8 },
    ],
    light: 0.46,
    backdrop: true,
  },
  daylight: {
    zenith: [0.12, 0.3, 0.78],
    horizon: [0.6, 0.76, 0.95],
    ground: [0.27, 0.255, 0.23],
    falloff: 0.55,
    sun: {
      azimuth: 0.7,
      elevation: 0.86,
      color: [1, 0.94, 0.84],
      size: 0.035,
      glow: 0.5,
      glowStrength: 0.55,
      light: 2.8,
    },
    clouds: { cover: 0.42, color: [0.98, 0.98, 1] },
    light: 0.62,
  },
  dawn: {
    zenith: [0.13, 0.22, 0.46],
    horizon: [0.95, 0.66, 0.56],
    ground: [0.2, 0.18, 0.18],
    falloff: 0.5,
    sun: {
      azimuth: -0.5,
      elevation: 0.22,
      color: [1, 0.74, 0.52],
      size: 0.04,
      glow: 0.7,
      glowStrength: 0.9,
      light: 1.9,
    },
    clouds: { cover: 0.34, color: [1, 0.8, 0.74] },
    light: 0.66,
  },
  sunset: {
    zenith: [0.09, 0.12, 0.34],
    horizon: [1.05, 0.42, 0.16],
    ground: [0.13, 0.1, 0.09],
    falloff: 0.42,
    sun: {
      azimuth: 0.95,
      elevation: 0.15,
      color: [1, 0.55, 0.26],
      size: 0.05,
      glow: 0.8,
      glowStrength: 1.1,
      light: 2.4,
    },
    clouds: { cover: 0.46, color: [1.05, 0.5, 0.36] },
    light: 0.7,
  },
  overcast: {
    zenith: [0.48, 0.52, 0.57],
    horizon: [0.74, 0.76, 0.78],
    ground: [0.24, 0.235, 0.225],
    falloff: 0.8,
    clouds: { cover: 0.85, color: [0.66, 0.68, 0.71] },
    light: 0.85,
  },
  night: {
    zenith: [0.006, 0.01, 0.03],
    horizon: [0.03, 0.05, 0.1],
    ground: [0.008, 0.009, 0.012],
    falloff: 0.6,
    sun: {
      azimuth: 0.5,
      elevation: 0.7,
      color: [0.6, 0.72, 1],
      size: 0.045,
      glow: 0.35,
      glowStrength: 0.12,
      light: 0.7,
    },
    clouds: { cover: 0.2, color: [0.03, 0.04, 0.065] },
    stars: true,
    light: 1,
  },
  gallery: {
    zenith: [0.9, 0.9, 0.92],
    horizon: [0.5, 0.5, 0.51],
    ground: [0.36, 0.34, 0.32],
    falloff: 1.4,
    sun: {
      azimuth: -0.9,
      elevation: 1.05,
      color: [1, 0.97, 0.93],
      size: 0,
      glow: 0,
      glowStrength: 0,
      light: 0.9,
    },
    softboxes: [
      { azimuth: -0.9, elevation: 1.05, width: 1.1, height: 0.35, strength: 2.2 },
      { azimuth: 2.2, elevation: 0.95, width: 1.1, height: 0.3, strength: 2 },
      { azimuth: 0.7, elevation: 0.3, width: 0.14, height: 0.7, strength: 2.6 },
      { azimuth: -2.7, elevation: 0.3, width: 0.14, height: 0.7, strength: 2.6 },
    ],
    light: 0.62,
    backdrop: true,
  },
};
