import { systemClock } from '../shared/clock.ts';
import type { Editor } from './editor.ts';
import type { EditorOptions } from './editor-options.ts';
import { HeadlessEditor } from './headless-editor.ts';

/**
 * An editor of a session. The caller calls `update` once a frame, writes `people` and `connection`,
 * and disposes of it.
 */
export function createEditor(options: EditorOptions): Editor {
  return new HeadlessEditor({ clock: systemClock, platform: 'other', ...options });
}
