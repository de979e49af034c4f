import { CloudFog, Folder, Lightbulb, Spotlight, Sun, SunDim, Sunrise, Video } from 'lucide-react';
import type { Editor, PrimitiveKind } from '../../editor/editor.ts';
import { actionEntry } from '../action-entry.ts';
import { ENTITY_ICONS } from '../outliner/entity-icon.tsx';
import type { MenuEntry } from '../primitives/menu.tsx';

const PRIMITIVES: readonly PrimitiveKind[] = [
  'box',
  'sphere',
  'cylinder',
  'cone',
  'torus',
  'plane',
];

/** Whatever can be added to the scene. */
export function addEntries(editor: Editor): readonly MenuEntry[] {
  return [
    { heading: 'Shapes' },
    ...PRIMITIVES.flatMap((kind) => actionEntry(editor, `add.${kind}`, ENTITY_ICONS[kind])),
    '-',
    { heading: 'Lights' },
    ...actionEntry(editor, 'add.light.directional', Sun),
    ...actionEntry(editor, 'add.light.point', Lightbulb),
    ...actionEntry(editor, 'add.light.spot', Spotlight),
    ...actionEntry(editor, 'add.light.ambient', SunDim),
    '-',
    { heading: 'Scene' },
    ...actionEntry(editor, 'add.camera', Video),
    ...actionEntry(editor, 'add.environment', Sunrise),
    ...actionEntry(editor, 'add.fog', CloudFog),
    ...actionEntry(editor, 'add.group', Folder),
  ];
}
