/** A place on the screen, and what there is to know of it. */
export interface TourStep {
  /** What it points at; where that is not there, the step stands in the middle. */
  readonly target: string;
  readonly title: string;
  readonly text: string;
}

/** At most six: who reads more. */
export const TOUR_STEPS: readonly TourStep[] = [
  {
    target: 'main canvas',
    title: 'Look around',
    text: 'Drag to orbit, with Shift to pan; the wheel goes closer. F frames what is selected, and the cube in the corner turns you to an axis.',
  },
  {
    target: 'header [data-tour="add"]',
    title: 'Add something',
    text: 'Shapes, lights and cameras are here. A model file can simply be dropped on the view.',
  },
  {
    target: '[aria-label="Tool"]',
    title: 'Move, rotate, scale',
    text: 'Keys W, E and R. Hold Ctrl to snap, and type a number in the middle of a drag to be exact.',
  },
  {
    target: 'header [aria-label^="People:"]',
    title: 'Work together',
    text: 'Everybody here shows up as a face, a cursor and a coloured outline. Your undo takes back your own steps alone.',
  },
  {
    target: 'header [data-tour="share"]',
    title: 'Share a link',
    text: 'Who opens it is in the scene with you, at a desk or in a headset. There is nothing to save: every edit is kept.',
  },
  {
    target: '[aria-label="Theta menu"]',
    title: 'Find anything',
    text: 'Ctrl+K lists every command with its key, ? the keys. Settings and this tour are in this menu.',
  },
];
