import type { AxisView, Editor, Navigation, Shading } from '../editor.ts';
import type { ViewportPort } from '../viewport-port.ts';
import type { Action } from './action.ts';
import { viewMenuAction } from './view-menu.ts';

/** Degrees, and a share of the view's height, that a key moves the camera by. */
const ORBIT_STEP = 15;
const PAN_STEP = 0.1;
const DOLLY_STEP = 0.8;

const AXIS_VIEWS: readonly { view: AxisView; label: string; keys: readonly string[] }[] = [
  { view: 'front', label: 'Front view', keys: ['Numpad1', 'Shift+1'] },
  { view: 'back', label: 'Back view', keys: [] },
  { view: 'right', label: 'Right view', keys: ['Numpad3', 'Shift+3'] },
  { view: 'left', label: 'Left view', keys: [] },
  { view: 'top', label: 'Top view', keys: ['Numpad7', 'Shift+7'] },
  { view: 'bottom', label: 'Bottom view', keys: [] },
];

const SHADINGS: readonly { shading: Shading; label: string; keys: readonly string[] }[] = [
  { shading: 'lit', label: 'Lit', keys: ['Alt+L'] },
  { shading: 'material', label: 'Material', keys: ['Alt+M'] },
  { shading: 'wireframe', label: 'Wireframe', keys: ['Alt+W'] },
];

const NAVIGATIONS: readonly { navigation: Navigation; label: string }[] = [
  { navigation: 'theta', label: 'Mouse: left drag orbits' },
  { navigation: 'blender', label: 'Mouse: middle drag orbits (Blender)' },
  { navigation: 'maya', label: 'Mouse: Alt and drag orbits (Maya, Unity)' },
];

type Step = readonly [
  id: string,
  label: string,
  keys: readonly string[],
  run: (viewport: ViewportPort) => void,
];

/** What the mouse does to the camera, by keys. */
const STEPS: readonly Step[] = [
  ['orbitLeft', 'Orbit left', ['ArrowLeft', 'Numpad4'], (view) => view.orbitBy(-ORBIT_STEP, 0)],
  ['orbitRight', 'Orbit right', ['ArrowRight', 'Numpad6'], (view) => view.orbitBy(ORBIT_STEP, 0)],
  ['orbitUp', 'Orbit up', ['ArrowUp', 'Numpad8'], (view) => view.orbitBy(0, ORBIT_STEP)],
  ['orbitDown', 'Orbit down', ['ArrowDown', 'Numpad2'], (view) => view.orbitBy(0, -ORBIT_STEP)],
  ['panLeft', 'Pan left', ['Shift+ArrowLeft'], (view) => view.panBy(-PAN_STEP, 0)],
  ['panRight', 'Pan right', ['Shift+ArrowRight'], (view) => view.panBy(PAN_STEP, 0)],
  ['panUp', 'Pan up', ['Shift+ArrowUp'], (view) => view.panBy(0, PAN_STEP)],
  ['panDown', 'Pan down', ['Shift+ArrowDown'], (view) => view.panBy(0, -PAN_STEP)],
  ['closer', 'Move closer', ['=', 'NumpadAdd'], (view) => view.dollyBy(DOLLY_STEP)],
  ['farther', 'Move away', ['-', 'NumpadSubtract'], (view) => view.dollyBy(1 / DOLLY_STEP)],
];

/** Where the camera looks, and what helps it. */
export function viewActions(editor: Editor, viewport: () => ViewportPort | undefined): Action[] {
  const shown = () => viewport() !== undefined;
  const selected = () => editor.selection.getState().entities;
  const state = () => editor.view.getState();
  const action = (
    part: Pick<Action, 'id' | 'label' | 'keys' | 'run'> & Partial<Action>,
  ): Action => ({
    group: 'View',
    enabled: shown,
    ...part,
  });
  return [
    action({
      id: 'view.frame',
      label: 'Frame selection',
      icon: 'focus',
      keys: ['F'],
      run: () => (selected().length > 0 ? viewport()?.frame(selected()) : viewport()?.frameAll()),
    }),
    action({
      id: 'view.frameAll',
      label: 'Frame all',
      icon: 'maximize',
      keys: ['Home'],
      run: () => viewport()?.frameAll(),
    }),
    ...AXIS_VIEWS.map(({ view, label, keys }) =>
      action({ id: `view.${view}`, label, keys, run: () => viewport()?.lookFrom(view) }),
    ),
    action({
      id: 'view.behind',
      label: 'View from the other side',
      keys: ['Numpad9', 'Shift+9'],
      run: () => viewport()?.lookFromBehind(),
    }),
    ...STEPS.map(([id, label, keys, run]) => {
      const step = () => {
        const view = viewport();
        if (view) run(view);
      };
      return action({ id: `view.${id}`, label, keys, repeats: true, run: step });
    }),
    action({
      id: 'view.parallel',
      label: 'Parallel projection',
      keys: ['Numpad5', 'Shift+5'],
      checked: () => state().projection === 'parallel',
      run: () =>
        editor.setView({
          projection: state().projection === 'parallel' ? 'perspective' : 'parallel',
        }),
    }),
    viewMenuAction(editor, viewport),
    ...SHADINGS.map(({ shading, label, keys }) =>
      action({
        id: `view.${shading}`,
        label,
        keys,
        checked: () => state().shading === shading,
        run: () => editor.setView({ shading }),
      }),
    ),
    action({
      id: 'view.fly',
      label: 'Fly',
      icon: 'plane',
      keys: ['Shift+F'],
      run: () => viewport()?.fly(),
    }),
    action({
      id: 'view.grid',
      label: 'Grid',
      icon: 'grid-3x3',
      keys: ['G'],
      checked: () => state().grid,
      run: () => editor.setView({ grid: !state().grid }),
    }),
    ...NAVIGATIONS.map(({ navigation, label }) =>
      action({
        id: `view.mouse.${navigation}`,
        label,
        keys: [],
        checked: () => state().navigation === navigation,
        run: () => editor.setView({ navigation }),
      }),
    ),
  ];
}
