import { z } from 'zod';
import type { Editor } from '../../editor/editor.ts';

const KEY = 'theta-view';

const settingsSchema = z.object({
  navigation: z.enum(['theta', 'blender', 'maya']),
  grid: z.boolean(),
  pivot: z.enum(['median', 'active', 'own']),
  space: z.enum(['world', 'local']),
  snap: z.object({
    enabled: z.boolean(),
    to: z.enum(['grid', 'increment', 'vertex', 'surface']),
    position: z.number().positive(),
    angle: z.number().positive(),
    scale: z.number().positive(),
  }),
});

/** The part of `localStorage` that is used. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Sets an editor up as its user left the last one, and remembers what he changes from now on. */
export function rememberViewSettings(editor: Editor, storage: SettingsStorage): () => void {
  restore(editor, storage.getItem(KEY));
  const remember = (): void => {
    const { navigation, grid } = editor.view.getState();
    const { pivot, space, snap } = editor.tools.getState();
    storage.setItem(KEY, JSON.stringify({ navigation, grid, pivot, space, snap }));
  };
  const ends = [
    editor.view.subscribe((state, before) => {
      if (state.navigation !== before.navigation || state.grid !== before.grid) remember();
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
  const { navigation, grid, pivot, space, snap } = settings.data;
  editor.setView({ navigation, grid });
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
