import { Canvas, useFrame, useThree } from '@react-three/fiber';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { PerspectiveCamera } from 'three';
import { useStore } from 'zustand';
import {
  applyLook,
  type Backend,
  type BackendChoice,
  createBackend,
  nextChoice,
} from '../../render/backends.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Presentation } from '../xr/headset.ts';
import styles from './viewport.module.css';
import type { ViewportModel } from './viewport-model.ts';

export interface ViewportProps {
  readonly model: ViewportModel;
}

/** A canvas of one renderer. Another attempt is another canvas: contexts cannot be changed. */
interface Attempt {
  readonly number: number;
  readonly choice: BackendChoice;
}

/** Sharper than this costs more than it shows. */
const PIXEL_RATIO: [number, number] = [1, 2];
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
  useTicks(model);

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
      onLost={onLost}
      onFailed={onFailed}
    />
  );
}

interface RendererCanvasProps extends ViewportProps {
  readonly choice: BackendChoice;
  /** A headset to draw into, in place of the page. */
  readonly presentation?: Presentation;
  readonly onLost: (reason: string) => void;
  readonly onFailed: (error: unknown) => void;
}

function RendererCanvas({ model, choice, presentation, onLost, onFailed }: RendererCanvasProps) {
  const [backend, setBackend] = useState<Backend>();
  // The page's camera stays where it is while a headset moves another.
  const [camera] = useState(() => (presentation ? new PerspectiveCamera() : model.rig.camera));
  const mounted = useRef(true);
  useLayoutEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const start = async (canvas: HTMLCanvasElement | OffscreenCanvas): Promise<Backend> => {
    try {
      // Taking the canvas down loses its context too; that is no news.
      const lost = (reason: string): void => {
        if (mounted.current) onLost(reason);
      };
      const direct = presentation !== undefined;
      const started = await createBackend({ canvas, choice, onLost: lost, direct });
      setBackend(started);
      return started;
    } catch (error) {
      if (mounted.current) onFailed(error);
      // Nothing waits for this canvas: a message or another canvas takes its place.
      return new Promise<Backend>(() => undefined);
    }
  };

  return (
    <Canvas
      className={styles.canvas}
      frameloop="demand"
      flat
      shadows="percentage"
      dpr={PIXEL_RATIO}
      camera={camera}
      gl={async ({ canvas }) => (await start(canvas as HTMLCanvasElement)).renderer as never}
      onCreated={({ gl }) => applyLook(gl)}
    >
      {backend && (
        <Stage model={model} backend={backend} choice={choice} presentation={presentation} />
      )}
    </Canvas>
  );
}

interface StageProps extends ViewportProps {
  readonly backend: Backend;
  readonly choice: BackendChoice;
  readonly presentation: Presentation | undefined;
}

/** Lends the canvas to the model. */
function Stage({ model, backend, choice, presentation }: StageProps) {
  const scene = useThree((state) => state.scene);
  const size = useThree((state) => state.size);
  const invalidate = useThree((state) => state.invalidate);
  const canvas = useThree((state) => state.gl.domElement);
  const camera = useThree((state) => state.camera) as PerspectiveCamera;
  useLayoutEffect(
    () =>
      model.mount({
        backend,
        choice,
        scene,
        camera,
        presentation,
        element: canvas,
        invalidate: () => invalidate(),
      }),
    [model, backend, choice, scene, camera, presentation, canvas, invalidate],
  );
  useLayoutEffect(() => model.resize(size.width, size.height), [model, size]);
  // With a priority, React Three Fiber leaves the drawing to this one.
  useFrame((state, seconds, frame) => {
    if (model.draw(seconds, frame)) state.gl.render(state.scene, state.camera);
  }, 1);
  return null;
}

/** Lets the model look once for each frame of the browser whether something is to be drawn. */
function useTicks(model: ViewportModel): void {
  useEffect(() => {
    let last = performance.now();
    let request = requestAnimationFrame(function tick(now) {
      model.tick(Math.max(0, now - last) / MILLISECONDS);
      last = now;
      request = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(request);
  }, [model]);
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
