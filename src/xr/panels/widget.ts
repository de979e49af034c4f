import type { Hand } from '../interaction/hand.ts';

/** Something on a panel. What has `run` can be pressed; what has `drag` can be dragged sideways. */
export interface Widget {
  readonly look: 'button' | 'text' | 'heading' | 'swatch' | 'row' | 'grip' | 'space';
  readonly label: string;
  /** At the right end: a value, a state. */
  readonly detail?: string;
  /** Of a swatch, or of a dot before the label: `#rrggbb`. */
  readonly color?: string;
  readonly active?: boolean;
  readonly disabled?: boolean;
  /** Steps to the right, for what is inside of something else. */
  readonly depth?: number;
  /** Share of its row's width; 1 unless told. */
  readonly weight?: number;
  run?(): void;
  /** Told how far it has been dragged since it was pressed, in the panel's metres to the right. */
  drag?: WidgetDrag;
  /** Told of the hand that holds it, in place of being pressed. */
  hold?(hand: Hand): void;
}

export interface WidgetDrag {
  begin(): void;
  move(metres: number): void;
  /** False: it was let go where it was pressed, and is to be run instead. */
  end(moved: boolean): void;
}

/** Widgets side by side; `size` is the row's height in lines. */
export interface WidgetRow {
  readonly size?: number;
  readonly widgets: readonly Widget[];
}

/** A widget where it lies: shares of the panel's width and height, from its top left. */
export interface PlacedWidget {
  readonly widget: Widget;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PanelShape {
  /** Metres. */
  readonly width: number;
  readonly height: number;
  /** Height of a line, metres: what a finger or a trembling ray can hit. */
  readonly line: number;
}

/** Between widgets and around all of them, in lines. */
const GAP = 0.14;
const MARGIN = 0.3;

/** Rows from top to bottom, each as wide as the panel. What does not fit is left out. */
export function layOut(rows: readonly WidgetRow[], shape: PanelShape): PlacedWidget[] {
  const placed: PlacedWidget[] = [];
  const margin = MARGIN * shape.line;
  const gap = GAP * shape.line;
  const inner = shape.width - 2 * margin;
  let top = margin;
  for (const { size = 1, widgets } of rows) {
    const height = size * shape.line;
    if (top + height > shape.height - margin + gap) break;
    const total = widgets.reduce((sum, { weight = 1 }) => sum + weight, 0);
    const room = inner - gap * (widgets.length - 1);
    let left = margin;
    for (const widget of widgets) {
      const width = (room * (widget.weight ?? 1)) / total;
      placed.push({
        widget,
        left: left / shape.width,
        top: top / shape.height,
        width: width / shape.width,
        height: height / shape.height,
      });
      left += width + gap;
    }
    top += height + gap;
  }
  return placed;
}

/** The one at a point (shares of width and height, from the top left) that can be pressed. */
export function widgetAt(
  placed: readonly PlacedWidget[],
  x: number,
  y: number,
): PlacedWidget | undefined {
  return placed.find(
    ({ widget, left, top, width, height }) =>
      isPressable(widget) && x >= left && x <= left + width && y >= top && y <= top + height,
  );
}

/** Whether a press on it does something. */
export function isPressable({ run, drag, hold, disabled }: Widget): boolean {
  return !disabled && (run ?? drag ?? hold) !== undefined;
}
