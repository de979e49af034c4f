import { createStore } from 'zustand/vanilla';
import type { Editor } from '../editor/editor.ts';
import { messageOf, ThetaError } from '../shared/errors.ts';
import type { TrayEntry, TrayView } from '../ui/tray/tray-view.ts';
import { download } from './download.ts';
import type { Tray } from './session/tray.ts';

/** O4: a session's tray as the panels show it. */
export function trayOf(tray: Tray, editor: Editor): TrayView {
  const entries = createStore<{ items: readonly TrayEntry[] }>(() => ({ items: tray.items }));
  tray.onChange = () => entries.setState({ items: tray.items });
  return {
    entries,
    tryAgain: (ids) => void tryAgain(tray, editor, ids),
    save: (ids) => download('theta-edits.json', tray.export(ids)),
    drop: (ids) => {
      for (const id of ids) void tray.drop(id);
    },
  };
}

/** In their order, for the later ones may need the earlier. */
async function tryAgain(tray: Tray, editor: Editor, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    try {
      await tray.tryAgain(id);
    } catch (thrown) {
      if (!(thrown instanceof ThetaError)) throw thrown;
      const label = tray.items.find((item) => item.id === id)?.label ?? 'The edit';
      editor.notify({ kind: 'error', text: `${label}: ${messageOf(thrown)}` });
    }
  }
}
