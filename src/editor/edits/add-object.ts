import { Primitive } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { LightKind, PrimitiveKind } from '../editor.ts';
import { fromTo } from '../geometry/quat.ts';
import { normalize, type Vec3, ZERO } from '../geometry/vec3.ts';
import type { DrawnShape } from '../hands/shape-between.ts';
import type { CommandParams } from '../session-port.ts';
import { type EditContext, madeBy, mayEdit } from './edit-context.ts';

export type Components = Readonly<Record<string, CommandParams>>;

interface LightRecipe {
  readonly name: string;
  /** Metres above the ground. */
  readonly height: number;
  /** Where it shines; a light shines along its negative z. */
  readonly towards?: Vec3;
  readonly light: CommandParams;
}

const FORWARD: Vec3 = [0, 0, -1];

const PRIMITIVE_NAMES: Readonly<Record<PrimitiveKind, string>> = {
  box: 'Box',
  sphere: 'Sphere',
  cylinder: 'Cylinder',
  cone: 'Cone',
  torus: 'Torus',
  plane: 'Plane',
};

const LIGHTS: Readonly<Record<LightKind, LightRecipe>> = {
  directional: {
    name: 'Sun',
    height: 5,
    towards: [-0.5, -1, -0.6],
    light: { intensity: 3, castShadow: true },
  },
  point: { name: 'Point light', height: 2, light: { intensity: 10 } },
  spot: {
    name: 'Spotlight',
    height: 3,
    towards: [0, -1, 0],
    light: { intensity: 40, penumbra: 0.3, castShadow: true },
  },
  ambient: { name: 'Ambient light', height: 2, light: { intensity: 0.4 } },
};

/** Makes a shape that rests on the ground below what the camera looks at, and selects it. */
export function addPrimitive(context: EditContext, kind: PrimitiveKind): void {
  const [x, , z] = focusOf(context);
  addObject(context, PRIMITIVE_NAMES[kind], {
    transform: { position: [x, restingHeight(kind), z] },
    primitive: { kind },
    material: {},
  });
}

/** Makes a shape that was drawn in space, and selects it. */
export function addDrawnShape(
  context: EditContext,
  { position, rotation, primitive }: DrawnShape,
  color?: readonly number[],
): void {
  addObject(context, PRIMITIVE_NAMES[primitive.kind as PrimitiveKind], {
    transform: { position, rotation },
    primitive,
    material: color === undefined ? {} : { color },
  });
}

/** Makes a light above what the camera looks at, and selects it. */
export function addLight(context: EditContext, kind: LightKind): void {
  const { name, height, towards, light } = LIGHTS[kind];
  const [x, , z] = focusOf(context);
  const rotation = towards === undefined ? {} : { rotation: fromTo(FORWARD, normalize(towards)) };
  addObject(context, name, {
    transform: { position: [x, height, z], ...rotation },
    light: { kind, ...light },
  });
}

/** Makes an empty group on the ground, and selects it. */
export function addGroup(context: EditContext): void {
  const [x, , z] = focusOf(context);
  addObject(context, 'Group', { transform: { position: [x, 0, z] } });
}

/** "Box", or "Box 2" where there is one already. */
export function freeName(context: EditContext, name: string): string {
  const taken = new Set(context.outliner.entities().map((each) => context.scene.nameOf(each)));
  if (!taken.has(name)) return name;
  let count = 2;
  while (taken.has(`${name} ${count}`)) count += 1;
  return `${name} ${count}`;
}

/** Makes an object of these components at the top level, and selects it. */
export function addObject(context: EditContext, name: string, components: Components): void {
  if (!mayEdit(context)) return;
  const params = { name: freeName(context, name), components };
  let made: readonly Entity[] = [];
  const issued = context.issuer.transaction(`Add ${params.name}`, (tx) => {
    made = madeBy(context, tx.execute('entity.create', params));
  });
  if (issued !== undefined) context.selection.select(made);
}

/** What the camera looks at; the origin while nothing is drawn. */
export function focusOf({ viewport }: EditContext): Vec3 {
  return viewport()?.focus() ?? ZERO;
}

/** Of a shape's origin, so that it stands on the ground. A torus lies flat. */
function restingHeight(kind: PrimitiveKind): number {
  const { height, radius, tube } = Primitive.schema;
  if (kind === 'plane') return 0;
  if (kind === 'sphere') return radius.default;
  if (kind === 'torus') return tube.default;
  return height.default / 2;
}
