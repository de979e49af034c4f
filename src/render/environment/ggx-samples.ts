/** A direction around the z axis that light comes from, and how much it counts. */
export interface LobeSample {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** All of a lobe's weights make 1. */
  readonly weight: number;
  /** Steradians that it stands for. */
  readonly solidAngle: number;
}

/**
 * The lobe of a rough surface that is looked at from straight above: GGX, importance-sampled at points
 * of the Hammersley set (Karis, "Real Shading in Unreal Engine 4", 2013). `roughness` above 0.
 */
export function ggxSamples(roughness: number, count: number): LobeSample[] {
  const alpha2 = roughness ** 4;
  const samples: LobeSample[] = [];
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const share = (i + 0.5) / count;
    const turn = 2 * Math.PI * radicalInverse(i);
    const cos2 = (1 - share) / (1 + (alpha2 - 1) * share);
    // The view is mirrored at the half vector: twice its angle.
    const z = 2 * cos2 - 1;
    if (z <= 0) continue;
    const radius = Math.sqrt(1 - z * z);
    const density = alpha2 / (Math.PI * (cos2 * (alpha2 - 1) + 1) ** 2);
    const solidAngle = 4 / (count * density);
    samples.push({
      x: radius * Math.cos(turn),
      y: radius * Math.sin(turn),
      z,
      weight: z,
      solidAngle,
    });
    sum += z;
  }
  return samples.map((sample) => ({ ...sample, weight: sample.weight / sum }));
}

/** Van der Corput's sequence: the bits of a number mirrored at the point. */
function radicalInverse(index: number): number {
  let result = 0;
  let digit = 0.5;
  for (let rest = index; rest > 0; rest >>= 1) {
    if (rest & 1) result += digit;
    digit /= 2;
  }
  return result;
}
