import type { Editor } from '../../editor/editor.ts';
import type { WidgetRow } from './widget.ts';

/** The materials that objects share: pressed, the selected objects wear one. */
export function materialRows(editor: Editor): WidgetRow[] {
  const { items } = editor.materials.store.getState();
  const { count, readOnly, sections } = editor.inspector.getState();
  const wearing = sections.some(({ component }) => component === 'material');
  const share: WidgetRow = {
    widgets: [
      {
        look: 'button',
        label: 'Share the material of what is selected',
        disabled: readOnly || !wearing,
        run: () => editor.materials.share(),
      },
    ],
  };
  if (items.length === 0) {
    return [share, { widgets: [{ look: 'text', label: 'No materials are shared yet.' }] }];
  }
  const rows = items.map(
    ({ entity, name, wearers }): WidgetRow => ({
      widgets: [
        {
          look: 'row',
          label: name,
          detail: wearers === 1 ? '1 object' : `${wearers} objects`,
          disabled: readOnly || count === 0,
          run: () => editor.materials.wear(entity),
        },
      ],
    }),
  );
  return [share, ...rows];
}
