import { panelStorage } from '../layout/panel-storage.ts';

const KEY = 'theta-recent-actions';
/** More would not be seen without scrolling to what else there is. */
const MOST = 5;

/** Ids of the actions that were last run from the palette, the latest first; over a reload, too. */
export function recentActions(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(panelStorage.getItem(KEY) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.filter((id) => typeof id === 'string').slice(0, MOST);
  } catch (error) {
    // No text of ours.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

export function noteAction(id: string): void {
  const ids = [id, ...recentActions().filter((each) => each !== id)].slice(0, MOST);
  panelStorage.setItem(KEY, JSON.stringify(ids));
}
