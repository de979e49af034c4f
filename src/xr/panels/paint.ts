import type { Context2D } from '../../render/canvas-texture.ts';
import type { PlacedWidget, Widget } from './widget.ts';

/** The panels' colours, as on the page. */
const INK = {
  surface: '#1b1d23',
  edge: '#3a3e49',
  button: '#2b2e37',
  hover: '#3b3f4b',
  active: '#5458d8',
  activeHover: '#6468ee',
  text: '#eef0f5',
  muted: '#a4a9b8',
  disabled: '#686d7b',
} as const;

/** Text's height as a share of its widget's line. */
const TEXT = 0.46;
const CORNER = 0.2;
const INDENT = 0.55;
const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

export interface PanelPicture {
  readonly placed: readonly PlacedWidget[];
  /** What hands point at. */
  readonly hovered: ReadonlySet<Widget>;
  /** Pixels of the canvas, and of one line on it. */
  readonly width: number;
  readonly height: number;
  readonly line: number;
}

/** Paints a panel's widgets. */
export function paintPanel(context: Context2D, picture: PanelPicture): void {
  const { width, height, line } = picture;
  context.clearRect(0, 0, width, height);
  box(context, 1, 1, width - 2, height - 2, line * 0.35, INK.surface, INK.edge);
  for (const placed of picture.placed) paintWidget(context, placed, picture);
}

function paintWidget(context: Context2D, placed: PlacedWidget, picture: PanelPicture): void {
  const { widget } = placed;
  const [x, y] = [placed.left * picture.width, placed.top * picture.height];
  const [width, height] = [placed.width * picture.width, placed.height * picture.height];
  const hovered = picture.hovered.has(widget);
  const fill = fillOf(widget, hovered);
  const edge = widget.look === 'swatch' ? edgeOf(widget, hovered) : undefined;
  if (fill !== undefined) box(context, x, y, width, height, picture.line * CORNER, fill, edge);
  if (widget.look === 'grip') {
    box(context, x + width * 0.38, y + height * 0.4, width * 0.24, height * 0.2, 4, INK.muted);
  } else if (widget.look !== 'swatch') paintText(context, widget, { x, y, width, height }, picture);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function paintText(context: Context2D, widget: Widget, at: Box, { line }: PanelPicture): void {
  const size = Math.round(line * TEXT * (widget.look === 'heading' ? 1.1 : 1));
  const weight = widget.look === 'heading' || widget.active ? 600 : 500;
  context.font = `${weight} ${size}px ${FAMILY}`;
  context.textBaseline = 'middle';
  context.fillStyle = inkOf(widget);
  const middle = at.y + at.height / 2 + size * 0.04;
  const centred = widget.look === 'button' && widget.detail === undefined;
  const pad = centred ? line * 0.12 : line * (0.25 + INDENT * (widget.depth ?? 0));
  const start = at.x + pad + (widget.color === undefined ? 0 : line * 0.55);
  if (widget.color !== undefined) {
    dot(context, at.x + pad + line * 0.18, at.y + at.height / 2, line * 0.18, widget.color);
    context.fillStyle = inkOf(widget);
  }
  const detail = widget.detail === undefined ? 0 : context.measureText(widget.detail).width;
  const room = at.x + at.width - start - pad - (detail > 0 ? detail + line * 0.3 : 0);
  const label = fitted(context, widget.label, room);
  context.textAlign = centred ? 'center' : 'left';
  context.fillText(label, centred ? at.x + at.width / 2 : start, middle);
  if (widget.detail === undefined) return;
  context.textAlign = 'right';
  context.fillStyle = widget.active ? INK.text : INK.muted;
  context.fillText(widget.detail, at.x + at.width - line * 0.25, middle);
}

function fillOf({ look, active, color, disabled }: Widget, hovered: boolean): string | undefined {
  if (look === 'swatch') return color;
  if (look === 'text' || look === 'heading' || look === 'space') return undefined;
  if (active) return hovered ? INK.activeHover : INK.active;
  if (hovered && !disabled) return INK.hover;
  return look === 'row' ? undefined : INK.button;
}

/** So that a dark swatch is seen on the dark panel, and the chosen one among the others. */
function edgeOf({ active }: Widget, hovered: boolean): string {
  return active || hovered ? INK.text : INK.edge;
}

function inkOf({ look, disabled, active }: Widget): string {
  if (disabled) return INK.disabled;
  return look === 'text' && !active ? INK.muted : INK.text;
}

function box(
  context: Context2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  fill: string,
  edge?: string,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fillStyle = fill;
  context.fill();
  if (edge === undefined) return;
  context.lineWidth = 3;
  context.strokeStyle = edge;
  context.stroke();
}

function dot(context: Context2D, x: number, y: number, radius: number, color: string): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
}

/** The text, cut short with an ellipsis where it is too long. */
function fitted(context: Context2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length -= 1;
  return `${text.slice(0, length)}…`;
}
