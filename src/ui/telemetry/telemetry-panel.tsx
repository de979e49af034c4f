import { Circle, Download, Square, X } from 'lucide-react';
import { useStore } from 'zustand';
import { FIGURES, type Figure, type FigureGroup, levelOf } from '../../telemetry/figures.ts';
import type { TelemetrySeries } from '../../telemetry/series.ts';
import { Button, IconButton } from '../primitives/button.tsx';
import { figureText } from './figure-text.ts';
import { Sparkline } from './sparkline.tsx';
import styles from './telemetry.module.css';
import type { TelemetryView } from './telemetry-view.ts';

const GROUPS: readonly FigureGroup[] = ['Frame', 'Network', 'Commands'];
const SAMPLES_SHOWN = 120;
const AUTHORS_SHOWN = 6;

/** What happens in this tab, live: each figure, its last minute, and what to do where it is bad. */
export function TelemetryPanel({ telemetry }: { readonly telemetry: TelemetryView }) {
  const series = useStore(telemetry.state, (state) => state.series);
  const isTracing = useStore(telemetry.state, (state) => state.isTracing);
  // A series is one object that grows: its samples are what is shown anew.
  useStore(telemetry.state, (state) => state.revision);
  return (
    <section className={styles.panel} aria-label="Telemetry">
      <header className={styles.header}>
        <h2 className={styles.title}>Telemetry</h2>
        <IconButton
          label="Hide telemetry"
          size="iconSmall"
          onClick={() => telemetry.setOpen(false)}
        >
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      {series !== undefined && (
        <div className={styles.groups}>
          {GROUPS.map((group) => (
            <Group key={group} group={group} series={series}>
              {group === 'Network' && <Kind series={series} />}
              {group === 'Commands' && <Authors series={series} telemetry={telemetry} />}
            </Group>
          ))}
        </div>
      )}
      <footer className={styles.footer}>
        <Button onClick={() => telemetry.save('csv')}>
          <Download size={13} aria-hidden />
          CSV
        </Button>
        <Button onClick={() => telemetry.save('json')}>
          <Download size={13} aria-hidden />
          JSON
        </Button>
        {isTracing ? (
          <Button onClick={() => telemetry.stopTrace()}>
            <Square size={13} className={styles.recording} aria-hidden />
            Save trace
          </Button>
        ) : (
          <Button onClick={() => telemetry.startTrace()}>
            <Circle size={13} aria-hidden />
            Record trace
          </Button>
        )}
      </footer>
    </section>
  );
}

interface GroupProps {
  readonly group: FigureGroup;
  readonly series: TelemetrySeries;
  readonly children: React.ReactNode;
}

function Group({ group, series, children }: GroupProps) {
  return (
    <section aria-label={group}>
      <h3 className={styles.group}>{group}</h3>
      <dl className={styles.figures}>
        {FIGURES.filter((each) => each.group === group).map((figure) => (
          <Row key={figure.id} figure={figure} series={series} />
        ))}
        {children}
      </dl>
    </section>
  );
}

function Row({ figure, series }: { readonly figure: Figure; readonly series: TelemetrySeries }) {
  const values = series.values(figure);
  const now = values.at(-1);
  const level = levelOf(figure, now);
  return (
    <>
      <div className={styles.row} data-figure={figure.id} data-level={level}>
        <dt>{figure.label}</dt>
        <dd>
          <Sparkline values={values} most={SAMPLES_SHOWN} />
          <span className={styles.value}>{figureText(now, figure.unit)}</span>
        </dd>
      </div>
      {level !== 'good' && <p className={styles.advice}>{figure.advice}</p>}
    </>
  );
}

function Kind({ series }: { readonly series: TelemetrySeries }) {
  const kind = series.samples.at(-1)?.snapshot.transport.kind ?? 'not connected';
  return (
    <div className={styles.row} data-figure="transport.kind">
      <dt>Transport</dt>
      <dd>
        <span className={styles.value}>{kind}</span>
      </dd>
    </div>
  );
}

/** Who made how many of the accepted entries, the busiest first. */
function Authors({
  series,
  telemetry,
}: {
  readonly series: TelemetrySeries;
  readonly telemetry: TelemetryView;
}) {
  const accepted = series.samples.at(-1)?.snapshot.commands.acceptedByAuthor ?? {};
  const authors = Object.entries(accepted).sort(([, a], [, b]) => b - a);
  return authors.slice(0, AUTHORS_SHOWN).map(([author, count]) => (
    <div key={author} className={styles.row} data-author={author}>
      <dt>by {telemetry.nameOf(author)}</dt>
      <dd>
        <span className={styles.value}>{count.toLocaleString('en')}</span>
      </dd>
    </div>
  ));
}
