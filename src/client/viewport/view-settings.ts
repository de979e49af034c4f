import { z } from 'zod';
import type { Editor } from '../../editor/editor.ts';

const KEY = 'theta-view';

const settingsSchema = z.object({
  navigation: z.enum(['theta', 'blender', 'maya']),
  grid: z.boolean(),
  units: z.enum(['m', 'cm', 'mm', 'ft', 'in']).default('m'),
  pivot: z.enum(['median', 'active', 'own']),
  space: z.enum(['world', 'local']),
  snap: z.object({
    enabled: z.boolean(),
    to: z.enum(['grid', 'increment', 'vertex', 'surface']),
    position: z.number().positive(),
    angle: z.number().positive(),
    scale: z.number().positive(),
  }),
  /** The user's own keys, by action. */
  keys: z.record(z.string(), z.array(z.string())).default({}),
});

/** The part of `localStorage` that is used. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Sets an editor up as its user left the last one, and remembers what he changes from now on. */
export function rememberViewSettings(editor: Editor, storage: SettingsStorage): () => void {
  restore(editor, storage.getItem(KEY));
  let { bindings } = editor.actions;
  const remember = (): void => {
    const { navigation, grid, units } = editor.view.getState();
    const { pivot, space, snap } = editor.tools.getState();
    const keys = editor.actions.bindings;
    storage.setItem(KEY, JSON.stringify({ navigation, grid, units, pivot, space, snap, keys }));
  };
  const ends = [
    editor.view.subscribe((state, before) => {
      const kept = state.navigation === before.navigation && state.grid === before.grid;
      if (!kept || state.units !== before.units) remember();
    }),
    editor.actions.onChange(() => {
      if (editor.actions.bindings === bindings) return;
      bindings = editor.actions.bindings;
      remember();
    }),
    editor.tools.subscribe((state, before) => {
      const kept = state.pivot === before.pivot && state.space === before.space;
      if (!kept || state.snap !== before.snap) remember();
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** What is no text of ours, or of another version, is passed over. */
function restore(editor: Editor, text: string | null): void {
  const settings = settingsSchema.safeParse(parsed(text ?? ''));
  if (!settings.success) return;
  const { navigation, grid, units, pivot, space, snap, keys } = settings.data;
  editor.setView({ navigation, grid, units });
  editor.actions.setBindings(keys);
  editor.setPivot(pivot);
  editor.setSpace(space);
  editor.setSnap(snap);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
