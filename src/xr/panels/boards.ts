import type { StoreApi } from 'zustand/vanilla';
import { type Editor, type InspectorField, MIXED } from '../../editor/editor.ts';
import type { TimeTravel } from '../../editor/history/time-travel.ts';
import { formatNumber } from '../../editor/tools/readout.ts';
import { cssColor, linearColor } from '../interaction/linear-color.ts';
import type { XrSettings } from '../interaction/settings.ts';
import { historyRows } from './history-board.ts';
import { materialRows } from './materials-board.ts';
import { COLORS } from './palette.ts';
import { actionButton } from './parts.ts';
import { type Figures, telemetryRows } from './telemetry-board.ts';
import type { PanelShape, Widget, WidgetDrag, WidgetRow } from './widget.ts';

export type BoardName =
  | 'properties'
  | 'objects'
  | 'materials'
  | 'people'
  | 'history'
  | 'settings'
  | 'telemetry';

/** Stands 0.8 m away: a line of 3 cm is 2.1 degrees high, its text 1 degree or 25 of a Quest 3's pixels. */
export const BOARD_SHAPE: PanelShape = { width: 0.46, height: 0.52, line: 0.03 };

/** What is being typed, by keypad or keyboard. */
export interface Typing {
  readonly title: string;
  readonly text: string;
  readonly kind: 'number' | 'text';
  /** False: it means nothing, and typing goes on. */
  submit(text: string): boolean;
}

export interface BoardParts {
  readonly editor: Editor;
  readonly settings: StoreApi<XrSettings>;
  readonly typing: StoreApi<{ readonly now: Typing | undefined }>;
  /** Which of the rows is at the top, for what is longer than the board. */
  readonly scroll: StoreApi<{ readonly top: number }>;
  /** Sets the scene down on a surface of the real room, where the device knows any. */
  readonly placement: { readonly available: boolean; begin(): void };
  /** What everybody did. */
  readonly travel: TimeTravel;
  /** What happens in this tab. */
  readonly figures: Figures;
  /** Brings this person to another, face to face. */
  readonly goTo: (peer: string) => void;
}

/** Rows that fit between the title and the arrows. */
const ROWS = 12;
const SCRUB_STEPS_PER_METRE = 200;
const AXES = ['X', 'Y', 'Z', 'W'];

/** The rows of an open board, the title not included. */
export function boardRows(name: BoardName, parts: BoardParts): readonly WidgetRow[] {
  const { typing } = parts;
  const { now } = typing.getState();
  if (now !== undefined) return typingRows(parts, now);
  if (name === 'properties') return scrolled(parts, propertyRows(parts));
  if (name === 'objects') return scrolled(parts, objectRows(parts));
  if (name === 'materials') return scrolled(parts, materialRows(parts.editor));
  if (name === 'people') return scrolled(parts, peopleRows(parts));
  if (name === 'telemetry') return scrolled(parts, telemetryRows(parts.figures));
  if (name === 'history') return scrolled(parts, historyRows(parts.editor, parts.travel));
  return settingRows(parts);
}

// --- properties ----------------------------------------------------------------------------------

function propertyRows(parts: BoardParts): WidgetRow[] {
  const { editor } = parts;
  const { count, name, sections, readOnly } = editor.inspector.getState();
  if (count === 0)
    return [line('Nothing is selected.'), line('Point at something and press the trigger.')];
  const title = name === MIXED ? `${count} objects` : name;
  const { active } = editor.selection.getState();
  const rename = (): void =>
    type(parts, title, title, 'text', (text) => {
      editor.rename(active, text);
      return text.trim() !== '';
    });
  const head: Widget = {
    look: 'button',
    label: title,
    detail: 'Rename',
    disabled: readOnly || count > 1,
    run: rename,
  };
  return [
    { widgets: [head] },
    ...sections.flatMap(({ component, label, fields }) =>
      component === 'name' || component === 'flags'
        ? []
        : [
            { widgets: [{ look: 'heading', label } satisfies Widget] },
            ...fields.flatMap((field) => fieldRows(parts, component, field, readOnly)),
          ],
    ),
  ];
}

function fieldRows(
  parts: BoardParts,
  component: string,
  field: InspectorField,
  readOnly: boolean,
): WidgetRow[] {
  const label: Widget = { look: 'text', label: field.label, weight: 0.7 };
  const { kind, value } = field;
  if (kind === 'hash' || kind === 'entity') return [];
  if (kind === 'color') {
    const linear = Array.isArray(value) ? value.map((each) => (each === MIXED ? 0 : each)) : [];
    const shown: Widget = {
      look: 'swatch',
      label: 'now',
      color: cssColor(linear as number[]),
      weight: 0.3,
    };
    return [
      { widgets: [label, shown] },
      { widgets: colorChoice(parts, component, field, readOnly) },
    ];
  }
  if (kind === 'bool' || kind === 'enum' || kind === 'text') {
    return [{ widgets: [label, choice(parts, component, field, readOnly)] }];
  }
  const values = Array.isArray(value) ? value : [value];
  const numbers = values.map((each, element) =>
    numberWidget(parts, { component, field, element, value: each, readOnly }),
  );
  return [{ widgets: [label, ...numbers] }];
}

function colorChoice(
  { editor }: BoardParts,
  component: string,
  { name }: InspectorField,
  disabled: boolean,
): Widget[] {
  return COLORS.map((color) => ({
    look: 'swatch',
    label: color,
    color,
    disabled,
    run: () => editor.setField(component, name, linearColor(color)),
  }));
}

function choice(
  parts: BoardParts,
  component: string,
  { name, label, kind, value, options = [] }: InspectorField,
  disabled: boolean,
): Widget {
  const { editor } = parts;
  const shown = value === MIXED ? 'Mixed' : String(value);
  if (kind === 'bool') {
    const run = (): void => editor.setField(component, name, value !== true);
    return {
      look: 'button',
      label: value === true ? 'On' : 'Off',
      active: value === true,
      disabled,
      run,
    };
  }
  if (kind === 'enum') {
    const next = options[(options.indexOf(shown) + 1) % options.length];
    const run = (): void => {
      if (next !== undefined) editor.setField(component, name, next);
    };
    return { look: 'button', label: shown, disabled, run };
  }
  const submit = (text: string): boolean => {
    editor.setField(component, name, text);
    return true;
  };
  return {
    look: 'button',
    label: shown || '–',
    disabled,
    run: () => type(parts, label, shown, 'text', submit),
  };
}

interface NumberCell {
  readonly component: string;
  readonly field: InspectorField;
  readonly element: number;
  readonly value: unknown;
  readonly readOnly: boolean;
}

function numberWidget(parts: BoardParts, cell: NumberCell): Widget {
  const { editor } = parts;
  const { component, field, element, value, readOnly } = cell;
  const shown = typeof value === 'number' ? formatNumber(value, 3) : '–';
  const title = field.stride > 1 ? `${field.label} ${AXES[element]}` : field.label;
  const submit = (text: string): boolean =>
    editor.setFieldText(component, field.name, element, text);
  return {
    look: 'button',
    label: shown,
    disabled: readOnly,
    run: () => type(parts, title, shown === '–' ? '' : shown.replace('−', '-'), 'number', submit),
    drag: scrub(editor, cell),
  };
}

/** Drags a number sideways: shown at once, written once. */
function scrub(editor: Editor, { component, field, element, value }: NumberCell): WidgetDrag {
  const step = field.step ?? 0.01;
  const clamp = (next: number): number =>
    Math.min(
      field.max ?? Number.POSITIVE_INFINITY,
      Math.max(field.min ?? Number.NEGATIVE_INFINITY, next),
    );
  let drag: ReturnType<Editor['beginFieldDrag']> | undefined;
  return {
    begin: () => undefined,
    move(metres) {
      if (typeof value !== 'number') return;
      drag ??= editor.beginFieldDrag(component, field.name);
      const steps = Math.round(metres * SCRUB_STEPS_PER_METRE);
      drag.update({ element, map: () => clamp(value + steps * step) });
    },
    end() {
      drag?.commit();
      drag = undefined;
    },
  };
}

// --- objects, people, settings -------------------------------------------------------------------

function objectRows({ editor }: BoardParts): WidgetRow[] {
  const { rows } = editor.outliner.getState();
  if (rows.length === 0) return [line('The scene is empty.')];
  return rows.map((row) => ({
    widgets: [
      {
        look: 'row',
        label: row.name,
        depth: row.depth,
        active: row.selected,
        ...(row.peers[0] !== undefined && { color: row.peers[0].color }),
        detail: row.locked ? 'locked' : row.hidden ? 'hidden' : row.kind,
        run: () => editor.select([row.entity]),
        weight: 4,
      },
      {
        look: 'button',
        label: row.hidden ? 'Show' : 'Hide',
        run: () => editor.setFlag([row.entity], 'hidden', !row.hidden),
      },
    ],
  }));
}

function peopleRows({ editor, goTo }: BoardParts): WidgetRow[] {
  const { self, others, following } = editor.people.getState();
  return [
    {
      widgets: [{ look: 'row', label: `${self.name} (you)`, color: self.color, detail: self.role }],
    },
    ...others.map(
      ({ peer, name, color, role }): WidgetRow => ({
        widgets: [
          { look: 'row', label: name, color, detail: role, weight: 3 },
          { look: 'button', label: 'Go there', run: () => goTo(peer) },
          {
            look: 'button',
            label: 'Follow',
            active: following === peer,
            run: () => editor.follow(following === peer ? undefined : peer),
          },
        ],
      }),
    ),
    ...(others.length === 0 ? [line('Nobody else is here.')] : []),
  ];
}

function settingRows({ editor, settings, placement }: BoardParts): WidgetRow[] {
  const { dominant, preset, turning, vignette, seated } = settings.getState();
  const { snap } = editor.tools.getState();
  const set = (change: Partial<XrSettings>) => (): void => settings.setState(change);
  const row = (label: string, ...choices: [string, boolean, () => void][]): WidgetRow => ({
    widgets: [
      { look: 'text', label },
      ...choices.map(
        ([each, active, run]): Widget => ({ look: 'button', label: each, active, run }),
      ),
    ],
  });
  const steps = (
    label: string,
    values: readonly number[],
    now: number,
    unit: string,
    name: 'position' | 'angle',
  ) =>
    row(
      label,
      ...values.map((value): [string, boolean, () => void] => [
        `${formatNumber(value, 2)} ${unit}`,
        value === now,
        () => editor.setSnap({ [name]: value }),
      ]),
    );
  const place: Widget = { look: 'button', label: 'Place', run: () => placement.begin() };
  return [
    row(
      'Pointing hand',
      ['Left', dominant === 'left', set({ dominant: 'left' })],
      ['Right', dominant === 'right', set({ dominant: 'right' })],
    ),
    row(
      'Grips',
      ['Grab', preset === 'grab', set({ preset: 'grab' })],
      ['Open Blocks', preset === 'blocks', set({ preset: 'blocks' })],
    ),
    row(
      'Turning',
      ['45° steps', turning === 'snap', set({ turning: 'snap' })],
      ['Smooth', turning === 'smooth', set({ turning: 'smooth' })],
    ),
    row(
      'Vignette',
      ['On', vignette, set({ vignette: true })],
      ['Off', !vignette, set({ vignette: false })],
    ),
    row(
      'I am',
      ['Standing', !seated, set({ seated: false })],
      ['Seated', seated, set({ seated: true })],
    ),
    {
      widgets: [
        { look: 'text', label: 'View' },
        actionButton(editor, 'view.grid', 'Grid'),
        actionButton(editor, 'selection.all', 'Select all'),
        ...(placement.available ? [place] : []),
      ],
    },
    row(
      'Snapping',
      ['On', snap.enabled, () => editor.setSnap({ enabled: true })],
      ['Off', !snap.enabled, () => editor.setSnap({ enabled: false })],
    ),
    steps('Step', [0.01, 0.05, 0.25, 1], snap.position, 'm', 'position'),
    steps('Angle', [5, 15, 45, 90], snap.angle, '°', 'angle'),
  ];
}

// --- typing --------------------------------------------------------------------------------------

const KEYPAD = ['789', '456', '123', '-0.'];
const KEYBOARD = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm-_'];

function typingRows(parts: BoardParts, now: Typing): WidgetRow[] {
  const { typing } = parts;
  const put = (text: string): void => typing.setState({ now: { ...now, text } });
  const end = (): void => typing.setState({ now: undefined });
  const keys = now.kind === 'number' ? KEYPAD : KEYBOARD;
  return [
    { widgets: [{ look: 'text', label: now.title }] },
    { size: 1.4, widgets: [{ look: 'heading', label: `${now.text}▏` }] },
    ...keys.map(
      (row): WidgetRow => ({
        size: 1.4,
        widgets: [...row].map(
          (key): Widget => ({ look: 'button', label: key, run: () => put(now.text + key) }),
        ),
      }),
    ),
    {
      size: 1.4,
      widgets: [
        ...(now.kind === 'text'
          ? [key('Space', () => put(`${now.text} `))]
          : [key('/', () => put(`${now.text}/`)), key('*', () => put(`${now.text}*`))]),
        key('Delete', () => put(now.text.slice(0, -1))),
        key('Clear', () => put('')),
      ],
    },
    {
      size: 1.4,
      widgets: [
        key('Cancel', end),
        { ...key('Done', () => now.submit(now.text) && end()), active: true },
      ],
    },
  ];
}

function key(label: string, run: () => unknown): Widget {
  return { look: 'button', label, run: () => void run() };
}

function type(
  { typing }: BoardParts,
  title: string,
  text: string,
  kind: Typing['kind'],
  submit: Typing['submit'],
): void {
  typing.setState({ now: { title, text, kind, submit } });
}

// --- layout --------------------------------------------------------------------------------------

function line(label: string): WidgetRow {
  return { widgets: [{ look: 'text', label }] };
}

/** As many rows as fit, with arrows where there are more. */
function scrolled({ scroll }: BoardParts, rows: readonly WidgetRow[]): readonly WidgetRow[] {
  if (rows.length <= ROWS) return rows;
  const last = rows.length - ROWS;
  const top = Math.min(scroll.getState().top, last);
  const to = (next: number) => (): void =>
    scroll.setState({ top: Math.min(last, Math.max(0, next)) });
  const up: Widget = { look: 'button', label: '▲', disabled: top === 0, run: to(top - ROWS + 1) };
  const down: Widget = {
    look: 'button',
    label: '▼',
    disabled: top >= last,
    run: to(top + ROWS - 1),
  };
  return [...rows.slice(top, top + ROWS), { widgets: [up, down] }];
}
