/** Of a trace file (Trace Event Format), as far as it is read here. */
export interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly cat?: string;
  /** Microseconds. */
  readonly ts?: number;
  readonly dur?: number;
}

/** What took time on a page: the steps of its frames and the renderer's calls, without commands' lives. */
export function spansOf(trace: string): TraceEvent[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  return traceEvents.filter(({ ph, cat }) => ph === 'X' && cat !== 'command');
}
