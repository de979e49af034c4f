import { useMemo } from 'react';
import styles from './telemetry.module.css';

const WIDTH = 60;
const HEIGHT = 18;
const PADDING = 2;

export interface SparklineProps {
  readonly values: readonly (number | undefined)[];
  /** How many fill the width; fewer begin at the right. */
  readonly most: number;
}

/** A figure's last minute: from zero, or the lowest below it, to the highest. */
export function Sparkline({ values, most }: SparklineProps) {
  const points = useMemo(() => pointsOf(values, most), [values, most]);
  return (
    <svg
      className={styles.line}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden
    >
      <polyline points={points} />
    </svg>
  );
}

function pointsOf(values: readonly (number | undefined)[], most: number): string {
  const known = values.filter((each) => each !== undefined);
  const low = Math.min(0, ...known);
  const span = Math.max(...known, 0) - low || 1;
  const step = WIDTH / Math.max(1, most - 1);
  const left = WIDTH - (values.length - 1) * step;
  return values
    .flatMap((each, at) => {
      if (each === undefined) return [];
      const y = HEIGHT - PADDING - ((each - low) / span) * (HEIGHT - 2 * PADDING);
      return `${(left + at * step).toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}
