import type { Editor, LightKind, PrimitiveKind } from '../editor.ts';
import type { Action } from './action.ts';

const PRIMITIVES: readonly { kind: PrimitiveKind; label: string; icon: string }[] = [
  { kind: 'box', label: 'Box', icon: 'box' },
  { kind: 'sphere', label: 'Sphere', icon: 'circle' },
  { kind: 'cylinder', label: 'Cylinder', icon: 'cylinder' },
  { kind: 'cone', label: 'Cone', icon: 'cone' },
  { kind: 'torus', label: 'Torus', icon: 'torus' },
  { kind: 'plane', label: 'Plane', icon: 'square' },
];

const LIGHTS: readonly { kind: LightKind; label: string; icon: string }[] = [
  { kind: 'directional', label: 'Sun', icon: 'sun' },
  { kind: 'point', label: 'Point light', icon: 'lightbulb' },
  { kind: 'spot', label: 'Spotlight', icon: 'lamp' },
  { kind: 'ambient', label: 'Ambient light', icon: 'sun-dim' },
];

/** Whatever can be made. */
export function addActions(editor: Editor, canEdit: () => boolean): Action[] {
  const add = (id: string, label: string, icon: string, run: () => void): Action => ({
    id: `add.${id}`,
    label,
    group: 'Add',
    icon,
    keys: [],
    enabled: canEdit,
    run,
  });
  return [
    ...PRIMITIVES.map(({ kind, label, icon }) =>
      add(kind, label, icon, () => editor.addPrimitive(kind)),
    ),
    ...LIGHTS.map(({ kind, label, icon }) =>
      add(`light.${kind}`, label, icon, () => editor.addLight(kind)),
    ),
    add('camera', 'Camera from the view', 'video', () => editor.addCamera()),
    add('environment', 'Environment', 'sunrise', () => editor.addEnvironment()),
    add('fog', 'Fog', 'cloud-fog', () => editor.addFog()),
    add('group', 'Empty group', 'folder', () => editor.addGroup()),
  ];
}
