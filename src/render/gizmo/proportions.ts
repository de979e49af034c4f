/** Lengths in gizmo units: one is the length of an arm. */

/** CSS pixels of an arm. */
export const ARM_PIXELS = 100;

export const SHAFT_START = 0.15;
export const SHAFT_RADIUS = 0.015;
export const ARROW_LENGTH = 0.2;
export const ARROW_RADIUS = 0.062;
export const CUBE_SIDE = 0.105;
export const CENTRE_RADIUS = 0.062;
export const CENTRE_CUBE_SIDE = 0.15;
export const PLANE_OFFSET = 0.32;
export const PLANE_SIDE = 0.2;
export const PLANE_ALPHA = 0.5;
export const RING_RADIUS = 0.96;
export const RING_TUBE = 0.015;
export const VIEW_RING_RADIUS = 1.14;
export const VIEW_RING_TUBE = 0.01;

/** How near a ray must pass. */
export const GRAB_REACH = 0.095;
export const CENTRE_REACH = 0.13;
/** An axis that points at the viewer, and a plane seen edge on, cannot be used: cosines. */
export const AXIS_END_ON = 0.985;
export const PLANE_EDGE_ON = 0.16;
/** A ring seen along its axis is whole; seen otherwise only its near half is there. */
export const RING_FACE_ON = 0.985;
