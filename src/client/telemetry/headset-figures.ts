import type { TelemetryView } from '../../ui/telemetry/telemetry-view.ts';
import type { FigureLine, Figures } from '../../xr/panels/telemetry-board.ts';

type Telling = (series: NonNullable<SeriesOf>) => readonly FigureLine[];
type SeriesOf = ReturnType<TelemetryView['state']['getState']>['series'];

/** The telemetry of the page as the headset's board shows it; what tells of it is loaded with the first look. */
export function headsetFigures(telemetry: Pick<TelemetryView, 'setOpen' | 'state'>): Figures {
  let tell: Telling | undefined;
  return {
    setOpen(isOpen) {
      telemetry.setOpen(isOpen);
      if (!isOpen || tell !== undefined) return;
      // Without it the board says that it measures; opened again, it tries again.
      loadTelling().then(
        (loaded) => {
          tell = loaded;
        },
        () => undefined,
      );
    },
    lines() {
      const { series } = telemetry.state.getState();
      return series === undefined || series.samples.length === 0 ? [] : (tell?.(series) ?? []);
    },
  };
}

async function loadTelling(): Promise<Telling> {
  const [{ FIGURES, levelOf }, { figureText }] = await Promise.all([
    import('../../telemetry/figures.ts'),
    import('../../ui/telemetry/figure-text.ts'),
  ]);
  return (series) =>
    FIGURES.map((figure) => {
      const now = series.values(figure).at(-1);
      const { label, unit, advice } = figure;
      return { label, value: figureText(now, unit), level: levelOf(figure, now), advice };
    });
}
