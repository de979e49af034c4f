import type { Editor } from '../../editor/editor.ts';
import type { TimeTravel } from '../../editor/history/time-travel.ts';
import { actionButton } from './parts.ts';
import type { WidgetRow } from './widget.ts';

/** So many of the newest: who looks for older ones has a desk for it. */
const MOST_STEPS = 100;

/** What everybody did, the newest first, below undo and redo. */
export function historyRows(editor: Editor, travel: TimeTravel): WidgetRow[] {
  const { total, problem } = travel.state.getState();
  const own: WidgetRow = {
    widgets: [actionButton(editor, 'edit.undo'), actionButton(editor, 'edit.redo')],
  };
  if (problem !== undefined) return [own, { widgets: [{ look: 'text', label: problem }] }];
  if (total === 0)
    return [own, { widgets: [{ look: 'text', label: 'Nothing has been done yet.' }] }];
  const rows: WidgetRow[] = [];
  for (let ordinal = total; ordinal > Math.max(0, total - MOST_STEPS); ordinal--) {
    rows.push(stepRow(travel, ordinal));
  }
  return [own, ...rows];
}

function stepRow(travel: TimeTravel, ordinal: number): WidgetRow {
  const step = travel.step(ordinal);
  if (step === undefined) return { widgets: [{ look: 'row', label: 'Reading…' }] };
  const { name, color, isSelf } = travel.who(step.author);
  const detail = isSelf ? 'you' : name;
  return { widgets: [{ look: 'row', label: step.label || step.type, color, detail }] };
}
