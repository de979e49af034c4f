import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { PerspectiveCamera } from 'three';
import { useStore } from 'zustand';
import { type BackendChoice, nextChoice } from '../../render/backends.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Presentation } from '../xr/headset.ts';
import { CanvasHost } from './canvas-host.ts';
import styles from './viewport.module.css';
import type { ViewportModel } from './viewport-model.ts';

export interface ViewportProps {
  readonly model: ViewportModel;
}

/** Draws the canvas that is there, in a frame of the browser. */
type FrameRef = RefObject<((now: number) => void) | undefined>;

/** A canvas of one renderer. Another attempt is another canvas: contexts cannot be changed. */
interface Attempt {
  readonly number: number;
  readonly choice: BackendChoice;
}

/** A device that is lost this often is not started again by itself. */
const MOST_LOSSES = 3;
const MILLISECONDS = 1000;
/** What a headset is drawn with. */
const HEADSET_CHOICE: BackendChoice = { kind: 'webgl', forced: true };

/** The 3D view. Everything it shows lives in the model, so that it may be taken down at any time. */
export function Viewport({ model }: ViewportProps) {
  const [attempt, setAttempt] = useState<Attempt>({ number: 0, choice: model.options.choice });
  const [problem, setProblem] = useState<string>();
  const losses = useRef(0);
  const { headset } = model.options;
  const presentation = useStore(headset.presentation, ({ current }) => current);
  const frame: FrameRef = useRef(undefined);
  useEffect(() => model.state.setState({ problem }), [model, problem]);
  useTicks(model, frame);

  const retry = useCallback((choice: BackendChoice) => {
    setProblem(undefined);
    setAttempt(({ number }) => ({ number: number + 1, choice }));
  }, []);

  const onLost = useCallback(
    (reason: string) => {
      losses.current += 1;
      model.options.logger.warn('The graphics device was lost.', { reason });
      if (losses.current > MOST_LOSSES) setProblem(reason);
      else retry(attempt.choice);
    },
    [model, retry, attempt.choice],
  );

  const onFailed = useCallback(
    (error: unknown) => {
      const next = nextChoice(attempt.choice, error);
      model.options.logger.warn('A renderer did not start.', { reason: messageOf(error) });
      if (next) retry(next);
      else setProblem(messageOf(error));
    },
    [model, retry, attempt.choice],
  );

  const startAgain = (): void => {
    losses.current = 0;
    retry(model.options.choice);
  };

  if (presentation !== undefined) {
    return (
      <RendererCanvas
        key="headset"
        model={model}
        choice={HEADSET_CHOICE}
        presentation={presentation}
        frame={frame}
        onLost={headset.fail}
        onFailed={(error) => headset.fail(messageOf(error))}
      />
    );
  }
  if (problem !== undefined) return <Problem message={problem} onRetry={startAgain} />;
  return (
    <RendererCanvas
      key={attempt.number}
      model={model}
      choice={attempt.choice}
      frame={frame}
      onLost={onLost}
      onFailed={onFailed}
    />
  );
}

interface RendererCanvasProps extends ViewportProps {
  readonly choice: BackendChoice;
  /** A headset to draw into, in place of the page. */
  readonly presentation?: Presentation;
  readonly frame: FrameRef;
  readonly onLost: (reason: string) => void;
  readonly onFailed: (error: unknown) => void;
}

function RendererCanvas(props: RendererCanvasProps) {
  const { model, choice, presentation, frame, onLost, onFailed } = props;
  const parent = useRef<HTMLDivElement>(null);
  // A renderer lasts as long as its canvas; who is told of its end may change meanwhile.
  const events = useRef({ onLost, onFailed });
  useLayoutEffect(() => {
    events.current = { onLost, onFailed };
  });
  useLayoutEffect(() => {
    const element = parent.current;
    if (element === null) return;
    const told = (): typeof events.current => events.current;
    return showIn({ parent: element, model, choice, presentation, frame, events: told });
  }, [model, choice, presentation, frame]);
  return <div ref={parent} className={styles.canvas} />;
}

interface ShowOptions {
  readonly parent: HTMLElement;
  readonly model: ViewportModel;
  readonly choice: BackendChoice;
  readonly presentation: Presentation | undefined;
  readonly frame: FrameRef;
  readonly events: () => Pick<RendererCanvasProps, 'onLost' | 'onFailed'>;
}

/** Starts a canvas and lends it to the model; returns what takes both down again. */
function showIn(options: ShowOptions): () => void {
  const { parent, model, choice, presentation, frame, events } = options;
  let host: CanvasHost | undefined;
  let unmount: (() => void) | undefined;
  let isOver = false;
  const camera = presentation ? new PerspectiveCamera() : model.rig.camera;
  const started = CanvasHost.start({
    parent,
    choice,
    camera,
    direct: presentation !== undefined,
    onLost: (reason) => events().onLost(reason),
    onResize: (width, height) => model.resize(width, height),
    onDraw: (seconds, frame) => model.draw(seconds, frame),
    onDrawn: (startMs, endMs) => model.rendered(startMs, endMs),
  });
  const use = (ready: CanvasHost): void => {
    if (isOver) {
      ready.dispose();
      return;
    }
    host = ready;
    const { backend, scene, canvas, invalidate } = ready;
    const element = canvas;
    const picture = (width: number) => ready.picture(width);
    const stage = { backend, choice, scene, camera, presentation, element, invalidate, picture };
    unmount = model.mount(stage);
    ready.begin();
    frame.current = (now) => ready.frame(now);
  };
  started.then(use).catch((error: unknown) => {
    if (!isOver) events().onFailed(error);
  });
  return () => {
    isOver = true;
    frame.current = undefined;
    unmount?.();
    host?.dispose();
  };
}

/** Once for each frame of the browser the model looks whether something is to be drawn; then it is. */
function useTicks(model: ViewportModel, frame: FrameRef): void {
  useEffect(() => {
    let last = performance.now();
    let request = requestAnimationFrame(function tick(now) {
      // First: a frame that fails shall not be the last.
      request = requestAnimationFrame(tick);
      model.tick(Math.max(0, now - last) / MILLISECONDS);
      last = now;
      frame.current?.(now);
    });
    return () => cancelAnimationFrame(request);
  }, [model, frame]);
}

function Problem({ message, onRetry }: { readonly message: string; readonly onRetry: () => void }) {
  return (
    <div className={styles.problem} role="alert">
      <h2>The 3D view could not start</h2>
      <p>{message}</p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
