import type { Hand } from './hand.ts';

/** What a hand feels: another thing under it, a step of snapping, a grip, a refusal. */
export type Touch = 'hover' | 'snap' | 'grab' | 'refuse';

export type Feel = (side: Hand['side'], touch: Touch) => void;

/** Strength from 0 to 1, and how long, in ms. */
const PULSES: Readonly<Record<Touch, readonly [strength: number, ms: number]>> = {
  hover: [0.12, 8],
  snap: [0.3, 12],
  grab: [0.5, 25],
  refuse: [0.8, 90],
};

/** Pulses in the controllers that have actuators; others stay still. */
export function haptics(session: XRSession): Feel {
  return (side, touch) => {
    const [strength, duration] = PULSES[touch];
    for (const { handedness, gamepad } of session.inputSources) {
      if (handedness !== side) continue;
      const [actuator] = (gamepad?.hapticActuators ?? []) as readonly Partial<Pulse>[];
      // An actuator of another kind than WebXR's has no `pulse`; one that is busy resolves with false.
      void actuator?.pulse?.(strength, duration);
    }
  };
}

interface Pulse {
  pulse(strength: number, duration: number): Promise<boolean>;
}
