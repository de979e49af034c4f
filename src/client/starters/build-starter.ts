import type { CommandPipeline, TransactionBuilder } from '../../commands/pipeline.ts';
import type { Starter } from './starters.ts';

type Components = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Makes objects, each under a name; returns the id of what it made. */
type Make = (name: string, components: Components, parent?: string) => string;

/** Fills an empty session with a scene, by commands as anybody's: one step, which can be undone. */
export function buildStarter(
  starter: Starter,
  pipeline: Pick<CommandPipeline, 'transaction'>,
): void {
  const label = starter === 'studio' ? 'Studio scene' : 'Garden scene';
  pipeline.transaction(label, (builder) => {
    const make = makerOf(builder);
    if (starter === 'studio') buildStudio(make);
    else buildGarden(make);
  });
}

function makerOf(builder: TransactionBuilder): Make {
  return (name, components, parent) => {
    const made = builder.execute('entity.create', { name, parent: parent ?? null, components });
    return (made as { entity: string }).entity;
  };
}

const at = (x: number, y: number, z: number) => ({ position: [x, y, z] });
const surface = (color: readonly number[], roughness = 0.6, metalness = 0) => ({
  color: [...color, 1],
  roughness,
  metalness,
});

/** A product on a pedestal, under a key light. */
function buildStudio(make: Make): void {
  make('Studio light', { environment: { preset: 'studio', intensity: 0.7 } });
  make('Key light', {
    transform: { ...at(3, 4.5, 3), rotation: [-0.3, 0.36, 0.12, 0.87] },
    light: { kind: 'spot', intensity: 60, angle: 0.6, penumbra: 0.6, castShadow: true },
  });
  const stage = make('Stage', {});
  make(
    'Floor',
    {
      transform: at(0, -0.02, 0),
      primitive: { kind: 'cylinder', radius: 4, height: 0.04, segments: 96 },
      material: surface([0.32, 0.33, 0.37], 0.8),
    },
    stage,
  );
  make(
    'Pedestal',
    {
      transform: at(0, 0.35, 0),
      primitive: { kind: 'cylinder', radius: 0.9, height: 0.7, segments: 64 },
      material: surface([0.75, 0.74, 0.72], 0.45),
    },
    stage,
  );
  const product = make('Product', { transform: at(0, 0.7, 0) });
  make(
    'Ring',
    {
      transform: { ...at(0, 0.62, 0), rotation: [0.25, 0, 0.1, 0.96] },
      primitive: { kind: 'torus', radius: 0.5, tube: 0.11, segments: 96 },
      material: surface([0.95, 0.55, 0.16], 0.22, 1),
    },
    product,
  );
  make(
    'Pearl',
    {
      transform: at(0, 0.6, 0),
      primitive: { kind: 'sphere', radius: 0.26, segments: 64 },
      material: surface([0.85, 0.88, 0.95], 0.12, 0.1),
    },
    product,
  );
  for (const [name, x, z, side, color] of [
    ['Cube', -1.7, 0.6, 0.5, [0.22, 0.36, 0.86]],
    ['Small cube', -1.15, 1.2, 0.28, [0.16, 0.62, 0.55]],
    ['Block', 1.75, 0.3, 0.6, [0.78, 0.24, 0.32]],
  ] as const) {
    make(
      name,
      {
        transform: { ...at(x, side / 2, z), rotation: [0, 0.26, 0, 0.97] },
        primitive: { kind: 'box', width: side, height: side, depth: side },
        material: surface(color, 0.5),
      },
      stage,
    );
  }
}

/** Trees, a pond and a hut at the end of the day. */
function buildGarden(make: Make): void {
  make('Evening', { environment: { preset: 'sunset', intensity: 1 } });
  make('Meadow', {
    transform: at(0, -0.05, 0),
    primitive: { kind: 'cylinder', radius: 7, height: 0.1, segments: 96 },
    material: surface([0.16, 0.34, 0.13], 0.95),
  });
  make('Pond', {
    transform: at(1.9, 0.01, 1.6),
    primitive: { kind: 'cylinder', radius: 1.4, height: 0.04, segments: 64 },
    material: surface([0.05, 0.16, 0.24], 0.06, 0.3),
  });
  const hut = make('Hut', { transform: { ...at(-1.6, 0, -1.2), rotation: [0, 0.2, 0, 0.98] } });
  make(
    'Walls',
    {
      transform: at(0, 0.6, 0),
      primitive: { kind: 'box', width: 1.8, height: 1.2, depth: 1.5 },
      material: surface([0.72, 0.6, 0.45], 0.85),
    },
    hut,
  );
  make(
    'Roof',
    {
      transform: { ...at(0, 1.62, 0), rotation: [0, 0.3826834, 0, 0.9238795] },
      primitive: { kind: 'cone', radius: 1.55, height: 0.85, segments: 4 },
      material: surface([0.5, 0.16, 0.12], 0.8),
    },
    hut,
  );
  make(
    'Door',
    {
      transform: at(0, 0.42, 0.76),
      primitive: { kind: 'box', width: 0.5, height: 0.85, depth: 0.04 },
      material: surface([0.24, 0.14, 0.08], 0.8),
    },
    hut,
  );
  make(
    'Lantern',
    {
      transform: at(0.55, 0.95, 0.95),
      light: { kind: 'point', color: [1, 0.72, 0.38, 1], intensity: 6, range: 6 },
    },
    hut,
  );
  const trees = make('Trees', {});
  for (const [index, [x, z, size]] of [
    [-3.6, 1.2, 1.1],
    [-4.3, -1.6, 1.5],
    [-0.4, -3.6, 1.3],
    [2.6, -2.9, 1.7],
    [4.3, -0.4, 1.2],
    [0.2, 3.9, 0.9],
  ].entries()) {
    const tree = make(
      `Tree ${index + 1}`,
      {
        transform: { ...at(x!, 0, z!), scale: [size!, size!, size!] },
      },
      trees,
    );
    make(
      'Trunk',
      {
        transform: at(0, 0.3, 0),
        primitive: { kind: 'cylinder', radius: 0.11, height: 0.6 },
        material: surface([0.25, 0.15, 0.08], 0.9),
      },
      tree,
    );
    make(
      'Crown',
      {
        transform: at(0, 1.15, 0),
        primitive: { kind: 'cone', radius: 0.62, height: 1.4, segments: 24 },
        material: surface([0.09 + index * 0.012, 0.3, 0.14], 0.9),
      },
      tree,
    );
  }
}
