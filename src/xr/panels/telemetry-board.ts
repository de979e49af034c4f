import type { Widget, WidgetRow } from './widget.ts';

/** One thing that is measured in this tab, as it is told. */
export interface FigureLine {
  readonly label: string;
  /** With its unit. */
  readonly value: string;
  readonly level: 'good' | 'amber' | 'red';
  /** What to do where it is not good. */
  readonly advice?: string | undefined;
}

/** What happens in this tab, measured while somebody looks. */
export interface Figures {
  /** Begins to measure, or ends. */
  setOpen(isOpen: boolean): void;
  /** As they were last measured; none before the first time. */
  lines(): readonly FigureLine[];
}

const COLORS = { good: '#8cc265', amber: '#f2c14e', red: '#e2574c' } as const;

/** What is not good comes first, with what to do: there is room for a few lines only. */
export function telemetryRows(figures: Figures): WidgetRow[] {
  const lines = figures.lines();
  if (lines.length === 0) return [{ widgets: [{ look: 'text', label: 'Measuring…' }] }];
  const bad = lines.filter(({ level }) => level !== 'good');
  const good = lines.filter(({ level }) => level === 'good');
  return [...bad, ...good].flatMap((line) => {
    const advice: Widget = { look: 'text', label: line.advice ?? '', color: COLORS[line.level] };
    const told = line.level !== 'good' && line.advice !== undefined;
    return [{ widgets: [lineOf(line)] }, ...(told ? [{ widgets: [advice] }] : [])];
  });
}

function lineOf({ label, value, level }: FigureLine): Widget {
  return { look: 'row', label, detail: value, color: COLORS[level] };
}
