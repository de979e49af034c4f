import { Color, DirectionalLight, HemisphereLight, PerspectiveCamera, Scene } from 'three';
import { type Backend, type BackendOptions, isWebGl } from '../../src/render/backends.ts';
import { messageOf } from '../../src/shared/errors.ts';
import { drain, gpuTime, nextFrame } from './drain.ts';
import { type Query, readQuery } from './query.ts';
import { createSubject, halfExtent } from './subjects.ts';

const WARM_UP = 30;
const GPU_FRAMES = 30;
const FIELD_OF_VIEW = 50;
/** Less of the picture than this is not the scene. */
const LEAST_COVERED = 0.1;

await measure().catch((error: unknown) => post('/result', { error: messageOf(error) }));
await post('/done', {});

async function measure(): Promise<void> {
  const query = readQuery(location.search);
  const canvas = document.createElement('canvas');
  canvas.width = query.width;
  canvas.height = query.height;
  document.body.append(canvas);
  const { renderer } = await start(query, canvas);
  renderer.setSize(query.width, query.height, false);
  const { scene, camera, move } = build(query);
  let frame = 0;
  const render = (): void => {
    renderer.info.reset();
    renderer.render(scene, camera);
  };
  const step = async (): Promise<Sample> => {
    await nextFrame();
    const begin = performance.now();
    move(frame++);
    const moved = performance.now();
    render();
    const submitted = performance.now();
    await drain(renderer);
    const drained = performance.now();
    return { update: moved - begin, render: submitted - moved, drained: drained - begin };
  };
  for (let at = 0; at < WARM_UP; at++) await step();
  const samples: Sample[] = [];
  for (let at = 0; at < query.frames; at++) samples.push(await step());
  const { drawCalls, calls, triangles } = { drawCalls: 0, ...renderer.info.render };
  const draws = isWebGl(renderer) ? calls : drawCalls;
  const covered = await look(query, canvas, render);
  const gpu: number[] = [];
  for (let at = 0; at < GPU_FRAMES; at++) {
    await nextFrame();
    move(frame++);
    const time = await gpuTime(renderer, render);
    if (time !== undefined) gpu.push(time);
  }
  await post('/result', {
    ...query,
    updateCpu: spread(samples.map((each) => each.update)),
    renderCpu: spread(samples.map((each) => each.render)),
    drained: spread(samples.map((each) => each.drained)),
    gpu: gpu.length > 0 ? spread(gpu) : null,
    draws,
    triangles,
    covered,
  });
}

/** Milliseconds of one frame. */
interface Sample {
  readonly update: number;
  readonly render: number;
  readonly drained: number;
}

async function start({ renderer: kind }: Query, canvas: HTMLCanvasElement): Promise<Backend> {
  const onLost = (reason: string): void => void post('/result', { error: reason });
  const options: BackendOptions = { canvas, choice: { kind, forced: true }, onLost };
  if (kind === 'webgl') {
    return (await import('../../src/render/webgl-backend.ts')).createWebGl(options);
  }
  return (await import('../../src/render/webgpu-backend.ts')).createWebGpu(options);
}

function build({ subject, count, width, height }: Query) {
  const { root, move } = createSubject(subject, count);
  const scene = new Scene();
  scene.background = new Color(0, 0, 0);
  const sun = new DirectionalLight(0xffffff, 2);
  sun.position.set(1, 2, 3);
  scene.add(root, sun, new HemisphereLight(0xffffff, 0x888888, 2));
  const half = halfExtent(count);
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, width / height, 0.1, half * 10);
  camera.position.set(half * 1.6, half * 1.2, half * 2.6);
  camera.lookAt(0, 0, 0);
  return { scene, camera, move };
}

/** Sends the picture; returns the share of it that is not background. @throws {Error} when that is too little */
async function look(query: Query, canvas: HTMLCanvasElement, render: () => void): Promise<number> {
  const copy = document.createElement('canvas');
  copy.width = query.width;
  copy.height = query.height;
  const context = copy.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('There is no 2D canvas to read pixels with.');
  render();
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, copy.width, copy.height);
  let lit = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at]! + data[at + 1]! + data[at + 2]! > 24) lit++;
  const covered = lit / (data.length / 4);
  const name = `${query.subject}-${query.renderer}-${query.count}`;
  await fetch(`/shot?n=${name}`, { method: 'POST', body: copy.toDataURL('image/png') });
  if (covered < LEAST_COVERED) throw new Error(`${name}: only ${covered} of the picture is drawn.`);
  return covered;
}

function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { p50: at(0.5), p10: at(0.1), p90: at(0.9) };
}

async function post(path: string, body: unknown): Promise<void> {
  await fetch(path, { method: 'POST', body: JSON.stringify(body) });
}
