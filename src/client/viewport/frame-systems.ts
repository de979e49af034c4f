import { DOCUMENT_COMPONENTS } from '../../ecs/components/index.ts';
import type { FrameContext, System } from '../../ecs/schedule.ts';

/** The steps of a frame; each does nothing while what it is for is not there. */
export interface FrameSteps {
  /** Tells the others where one looks. */
  readonly presence: (seconds: number) => void;
  /** Poses and buttons of a headset. */
  readonly headset: (seconds: number) => void;
  readonly flight: (seconds: number) => void;
  /** Pointers, which drive tools, whose commands write the document. */
  readonly input: () => void;
  /** What panels show. */
  readonly stores: () => void;
  /** Gizmo, outlines and previews, from the editor to the view. */
  readonly mirror: () => void;
  readonly scene: (seconds: number) => void;
  /** Sky, fog and background. */
  readonly surroundings: () => void;
  /** What is under a pointer that rests while the scene moves. */
  readonly hover: () => void;
}

const ALL = DOCUMENT_COMPONENTS;

/**
 * F1: what a frame does, in this order. The page runs `simulation` and `editor` in each frame of the
 * browser, and `render` where something is to be drawn; a headset's frame is all three.
 */
export function frameSystems(steps: FrameSteps): readonly System[] {
  const timed = (step: (seconds: number) => void) => (context: FrameContext) =>
    step(context.deltaSeconds);
  return [
    { name: 'presence', stage: 'simulation', reads: ALL, writes: [], run: timed(steps.presence) },
    { name: 'headset', stage: 'simulation', reads: ALL, writes: ALL, run: timed(steps.headset) },
    { name: 'flight', stage: 'simulation', reads: [], writes: [], run: timed(steps.flight) },
    { name: 'input', stage: 'simulation', reads: ALL, writes: ALL, run: steps.input },
    { name: 'stores', stage: 'editor', reads: ALL, writes: [], run: steps.stores },
    { name: 'mirror', stage: 'editor', reads: ALL, writes: [], run: steps.mirror },
    { name: 'scene', stage: 'render', reads: ALL, writes: [], run: timed(steps.scene) },
    { name: 'surroundings', stage: 'render', reads: ALL, writes: [], run: steps.surroundings },
    { name: 'hover', stage: 'render', reads: ALL, writes: [], run: steps.hover },
  ];
}
