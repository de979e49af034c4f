import type { StoreApi } from 'zustand/vanilla';
import type { Editor, PrimitiveKind, ToolName } from '../../editor/editor.ts';
import { formatNumber } from '../../editor/tools/readout.ts';
import type { BrushKind, BrushState } from '../interaction/brush.ts';
import { linearColor } from '../interaction/linear-color.ts';
import type { BoardName } from './boards.ts';
import { actionButton, connectionLine } from './parts.ts';
import type { PanelShape, Widget, WidgetRow } from './widget.ts';

/** Held at half a metre: a line of 2 cm is 2.3 degrees high, its text 1 degree or 25 of a Quest 3's pixels. */
export const PALETTE_SHAPE: PanelShape = { width: 0.25, height: 0.295, line: 0.02 };

const TOOLS: readonly (readonly [ToolName, string])[] = [
  ['select', 'Select'],
  ['move', 'Move'],
  ['rotate', 'Rotate'],
  ['scale', 'Scale'],
];
const SHAPES: readonly (readonly [PrimitiveKind, string])[] = [
  ['box', 'Box'],
  ['sphere', 'Sphere'],
  ['cylinder', 'Cylinder'],
  ['cone', 'Cone'],
  ['torus', 'Torus'],
  ['plane', 'Plane'],
];
const STROKES: readonly (readonly [BrushKind, string])[] = [
  ['ribbon', 'Ribbon'],
  ['tube', 'Tube'],
];
/** Of ribbons and tubes, in the person's metres. */
const WIDTHS: readonly number[] = [0.01, 0.02, 0.05, 0.1];
/** Two rows that are told apart at a glance, by people who see few colours too: also in brightness. */
export const COLORS: readonly string[] = [
  '#f4f4f2',
  '#c9ced6',
  '#e2574c',
  '#f08a3c',
  '#f2c14e',
  '#8cc265',
  '#2f9e8f',
  '#20242c',
  '#6b7280',
  '#8b2f3c',
  '#8a5a34',
  '#61a8f5',
  '#3456c8',
  '#9b6bd3',
];
const COLORS_IN_A_ROW = 7;
const BOARDS: readonly (readonly [BoardName, string])[] = [
  ['properties', 'Properties'],
  ['objects', 'Objects'],
  ['materials', 'Materials'],
  ['people', 'People'],
  ['history', 'History'],
  ['settings', 'Settings'],
  ['telemetry', 'Telemetry'],
];

export interface PaletteParts {
  readonly editor: Editor;
  readonly brush: StoreApi<BrushState>;
  /** The board that is open beside the palette. */
  readonly board: StoreApi<{ readonly open: BoardName | undefined }>;
  readonly exit: () => void;
}

/** What the other hand holds: undo, tools, what to draw, colours, and the way to everything else. */
export function paletteRows(parts: PaletteParts): readonly WidgetRow[] {
  const { editor } = parts;
  return [
    { widgets: [actionButton(editor, 'edit.undo'), actionButton(editor, 'edit.redo')], size: 1.2 },
    { widgets: TOOLS.map(([tool, label]) => toolButton(parts, tool, label)) },
    { widgets: SHAPES.slice(0, 3).map(([shape, label]) => shapeButton(parts, shape, label)) },
    { widgets: SHAPES.slice(3).map(([shape, label]) => shapeButton(parts, shape, label)) },
    { widgets: [...STROKES.map((each) => brushButton(parts, ...each)), widthButton(parts)] },
    { widgets: [measureButton(parts), teleportButton(parts), snapButton(editor)] },
    { widgets: COLORS.slice(0, COLORS_IN_A_ROW).map((color) => swatch(parts, color)) },
    { widgets: COLORS.slice(COLORS_IN_A_ROW).map((color) => swatch(parts, color)) },
    {
      widgets: [
        actionButton(editor, 'edit.duplicate', 'Copy'),
        actionButton(editor, 'edit.group'),
        actionButton(editor, 'edit.delete'),
        actionButton(editor, 'add.light.point', 'Light'),
      ],
    },
    { widgets: BOARDS.slice(0, 4).map(([name, label]) => boardButton(parts, name, label)) },
    { widgets: BOARDS.slice(4).map(([name, label]) => boardButton(parts, name, label)) },
    {
      widgets: [
        connectionLine(editor),
        { look: 'button', label: 'Leave', run: parts.exit, weight: 0.5 },
      ],
    },
  ];
}

function toolButton({ editor, brush }: PaletteParts, tool: ToolName, label: string): Widget {
  const drawing = brush.getState().kind !== 'none';
  return {
    look: 'button',
    label,
    active: !drawing && editor.tools.getState().tool === tool,
    disabled: tool !== 'select' && isViewer(editor),
    run: () => {
      brush.setState({ kind: 'none' });
      editor.setTool(tool);
    },
  };
}

function shapeButton({ editor, brush }: PaletteParts, shape: PrimitiveKind, label: string): Widget {
  const { kind, shape: chosen } = brush.getState();
  return {
    look: 'button',
    label,
    active: kind === 'shape' && chosen === shape,
    disabled: isViewer(editor),
    run: () => brush.setState({ kind: 'shape', shape }),
  };
}

function measureButton(parts: PaletteParts): Widget {
  return brushButton(parts, 'measure', 'Measure');
}

/** For hands without a stick to aim by. */
function teleportButton(parts: PaletteParts): Widget {
  return brushButton(parts, 'teleport', 'Teleport');
}

function brushButton({ brush, editor }: PaletteParts, kind: BrushKind, label: string): Widget {
  const active = brush.getState().kind === kind;
  const run = (): void => brush.setState({ kind: active ? 'none' : kind });
  const makes = kind !== 'measure' && kind !== 'teleport';
  return { look: 'button', label, active, disabled: makes && isViewer(editor), run };
}

/** How wide strokes are: each press the next width. */
function widthButton({ brush }: PaletteParts): Widget {
  const { width } = brush.getState();
  const next = WIDTHS[(WIDTHS.indexOf(width) + 1) % WIDTHS.length]!;
  const run = (): void => brush.setState({ width: next });
  return { look: 'button', label: `${formatNumber(width * 100, 1)} cm`, run };
}

function snapButton(editor: Editor): Widget {
  const { snap } = editor.tools.getState();
  const run = (): void => editor.setSnap({ enabled: !snap.enabled });
  return { look: 'button', label: 'Snap', active: snap.enabled, run };
}

/** The colour of what is drawn next, and of what is selected. */
function swatch({ editor, brush }: PaletteParts, color: string): Widget {
  return {
    look: 'swatch',
    label: color,
    color,
    active: brush.getState().color === color,
    run: () => {
      brush.setState({ color });
      const { sections } = editor.inspector.getState();
      if (brush.getState().kind !== 'none' || isViewer(editor)) return;
      if (sections.some(({ component }) => component === 'material')) {
        editor.setField('material', 'color', linearColor(color));
      }
    },
  };
}

function boardButton({ board }: PaletteParts, name: BoardName, label: string): Widget {
  const active = board.getState().open === name;
  return {
    look: 'button',
    label,
    active,
    run: () => board.setState({ open: active ? undefined : name }),
  };
}

function isViewer(editor: Editor): boolean {
  return editor.connection.getState().role === 'viewer';
}
