import type { Person } from '../../editor/editor.ts';
import { counted } from '../wording.ts';

const TOOL_WORDS: Readonly<Record<string, string>> = {
  move: 'Moving',
  rotate: 'Rotating',
  scale: 'Scaling',
};

/** What a person is at, in a few words. */
export function doingOf({ tool, selection, role }: Person): string {
  if (selection.length === 0) return role === 'viewer' ? 'Looking around' : 'Nothing selected';
  const objects = counted(selection.length, 'object');
  const verb = tool === undefined ? undefined : TOOL_WORDS[tool];
  return verb === undefined ? `${objects} selected` : `${verb} ${objects}`;
}
