import type { Editor, Navigation } from '../../editor/editor.ts';
import { SHOW_SHORTCUTS } from '../settings/shortcuts-dialog.tsx';

/** A place on the screen, and what there is to know of it. */
export interface TourStep {
  /** What it points at; where that is not there, the step stands in the middle. */
  readonly target: string;
  readonly title: string;
  /** In the keys and buttons of this user. */
  readonly text: (editor: Editor) => string;
}

const ORBITING: Readonly<Record<Navigation, string>> = {
  theta: 'Drag to orbit, with Shift to pan',
  blender: 'Drag with the middle button to orbit, with Shift to pan',
  maya: 'Hold Alt and drag to orbit, with the middle button to pan',
};

const TOOLS = ['tool.move', 'tool.rotate', 'tool.scale'];

/** At most six: who reads more. */
export const TOUR_STEPS: readonly TourStep[] = [
  {
    target: 'main canvas',
    title: 'Look around',
    text: (editor) =>
      `${ORBITING[editor.view.getState().navigation]}; the wheel goes closer. ${by(editor, 'view.frame')} frames what is selected, and the cube in the corner turns you to an axis.`,
  },
  {
    target: 'header [data-tour="add"]',
    title: 'Add something',
    text: () =>
      'Shapes, lights and cameras are here. A model file can simply be dropped on the view.',
  },
  {
    target: '[aria-label="Tool"]',
    title: 'Move, rotate, scale',
    text: (editor) => {
      const [move, rotate, scale] = TOOLS.map((id) => by(editor, id));
      return `By ${move}, ${rotate} and ${scale}. Hold Ctrl to snap, and type a number in the middle of a drag to be exact.`;
    },
  },
  {
    target: 'header [aria-label^="People:"]',
    title: 'Work together',
    text: () =>
      'Everybody here shows up as a face, a cursor and a coloured outline. Your undo takes back your own steps alone.',
  },
  {
    target: 'header [data-tour="share"]',
    title: 'Share a link',
    text: () =>
      'Who opens it is in the scene with you, at a desk or in a headset. There is nothing to save: every edit is kept.',
  },
  {
    target: '[aria-label="Theta menu"]',
    title: 'Find anything',
    text: (editor) =>
      `${by(editor, 'view.palette')} lists every command with its key, ${by(editor, SHOW_SHORTCUTS)} the keys. Settings and this tour are in this menu.`,
  },
];

/** The key of an action; its name where its user has taken its keys away. */
function by({ actions }: Editor, id: string): string {
  return actions.shortcutOf(id) || `“${actions.get(id)?.label ?? id}”`;
}
