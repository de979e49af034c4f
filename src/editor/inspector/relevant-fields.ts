/** Fields that mean something for one `kind` of a component only; those not named here always do. */
const FIELDS_BY_KIND: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  primitive: {
    width: ['box', 'plane'],
    height: ['box', 'cylinder', 'cone'],
    depth: ['box', 'plane'],
    radius: ['sphere', 'cylinder', 'cone', 'torus'],
    tube: ['torus'],
    segments: ['sphere', 'cylinder', 'cone', 'torus'],
  },
  light: {
    range: ['point', 'spot'],
    angle: ['spot'],
    penumbra: ['spot'],
    castShadow: ['directional', 'point', 'spot'],
  },
  camera: { fov: ['perspective'], size: ['orthographic'] },
};

/** Whether a field matters to any of the kinds that the entities have. */
export function isRelevant(component: string, field: string, kinds: ReadonlySet<string>): boolean {
  const wanted = FIELDS_BY_KIND[component]?.[field];
  return wanted === undefined || wanted.some((kind) => kinds.has(kind));
}
