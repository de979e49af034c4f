import { PerspectiveCamera, Quaternion, Vector3 } from 'three';
import type { Entity } from '../../ecs/entity.ts';
import type { Editor, Vec3 } from '../../editor/editor.ts';
import type { MeshPort } from '../../editor/editor-options.ts';
import { LocalSession } from '../../editor/testing/local-session.ts';
import { localTravel } from '../../editor/testing/local-travel.ts';
import { SceneView } from '../../render/scene-view.ts';
import { webglShaders } from '../../render/shaders/webgl-shaders.ts';
import type {
  HandJoints,
  InputFrame,
  InputSourceState,
  Quaternion4,
} from '../input/input-frame.ts';
import { createBrush } from '../interaction/brush.ts';
import type { Touch } from '../interaction/feedback.ts';
import { Interaction } from '../interaction/interaction.ts';
import { type Side, xrSettings } from '../interaction/settings.ts';
import type { Panel } from '../panels/panel.ts';
import { Panels } from '../panels/panels.ts';
import type { FigureLine } from '../panels/telemetry-board.ts';
import { Rig } from '../stage/rig.ts';

const FRAME_SECONDS = 1 / 90;
const AHEAD: Quaternion4 = [0, 0, 0, 1];
const EYES: Vec3 = [0, 1.6, 0];
/** Finger tips that touch, and that do not. */
const PINCHED_M = 0.01;
const OPEN_M = 0.06;

interface HandState {
  position: Vec3;
  orientation: Quaternion4;
  trigger: number;
  squeeze: number;
  stick: readonly [number, number];
  primary: number;
  secondary: number;
  bare: boolean;
  tracked: boolean;
}

export interface TestPersonOptions {
  readonly panels?: boolean;
  /** Where what is drawn freely goes. */
  readonly meshes?: MeshPort;
}

/**
 * A person in a headset in front of a real editor and a real scene, without a renderer. Places are
 * those of the room; the room stands in the world's origin until somebody moves it.
 */
export class TestPerson {
  readonly session = new LocalSession();
  readonly editor: Editor;
  readonly rig = new Rig();
  readonly settings = xrSettings(undefined);
  readonly brush = createBrush();
  readonly felt: [Side, Touch][] = [];
  readonly view: SceneView;
  readonly camera = new PerspectiveCamera();
  readonly interaction: Interaction;
  readonly left: string[] = [];
  readonly wentTo: string[] = [];
  /** Whether the board of figures was opened or closed, each time. */
  readonly measuring: boolean[] = [];
  figures: readonly FigureLine[] = [];
  readonly #panels: Panels | undefined;
  readonly #hands = new Map<Side, HandState>();
  #time = 0;

  constructor({ panels = false, meshes }: TestPersonOptions = {}) {
    this.editor = this.session.editor(meshes === undefined ? {} : { meshes });
    this.view = new SceneView({ world: this.session.document.world, shaders: webglShaders });
    const { editor, rig, settings, brush, view, camera } = this;
    const feel = (side: Side, touch: Touch): void => {
      this.felt.push([side, touch]);
    };
    if (panels) {
      const exit = (): void => void this.left.push('left');
      const goTo = (peer: string): void => void this.wentTo.push(peer);
      this.#panels = new Panels({
        ...{ editor, brush, settings, exit, goTo },
        placement: { available: false, begin: () => undefined },
        travel: localTravel(this.session),
        figures: {
          setOpen: (isOpen) => void this.measuring.push(isOpen),
          lines: () => this.figures,
        },
      });
      rig.root.add(this.#panels.root);
    }
    const targets = this.#panels?.targets ?? [];
    const options = { editor, rig, settings, brush, view, camera, feel, targets };
    this.interaction = new Interaction(options);
  }

  /** Changes what a hand does, and lets a frame pass. */
  hand(side: Side, change: Partial<HandState> = {}): this {
    const before = this.#hands.get(side) ?? {
      position: side === 'left' ? [-0.3, 1, -0.3] : [0.3, 1, -0.3],
      orientation: AHEAD,
      trigger: 0,
      squeeze: 0,
      stick: [0, 0],
      primary: 0,
      secondary: 0,
      bare: false,
      tracked: true,
    };
    this.#hands.set(side, { ...before, ...change });
    return this.frame();
  }

  /** Points a hand at a place of the room. */
  point(side: Side, at: Vec3, change: Partial<HandState> = {}): this {
    const { position } = this.hand(side, change).#hands.get(side)!;
    const direction = new Vector3(...at).sub(new Vector3(...position)).normalize();
    const turn = new Quaternion().setFromUnitVectors(new Vector3(0, 0, -1), direction);
    return this.hand(side, { orientation: turn.toArray() as unknown as Quaternion4 });
  }

  /** Lets frames pass. */
  frame(count = 1): this {
    for (let each = 0; each < count; each++) {
      this.#time += FRAME_SECONDS * 1000;
      this.play(this.snapshot());
    }
    return this;
  }

  /** One frame of somebody's input, as it was recorded or made up. */
  play(input: InputFrame): this {
    const head = input.viewer?.position ?? EYES;
    this.camera.position.copy(this.rig.toWorld(new Vector3(...head)));
    this.camera.updateMatrixWorld();
    this.interaction.update(input, FRAME_SECONDS);
    this.editor.update();
    this.#mirror();
    const { hands } = this.interaction;
    const { dominant } = this.settings.getState();
    const carrier = hands.find(({ side }) => side !== dominant);
    this.#panels?.update(input.viewer, carrier, hands);
    this.view.update(FRAME_SECONDS, { camera: this.camera, target: new Vector3(), height: 1250 });
    return this;
  }

  snapshot(): InputFrame {
    return {
      time: this.#time,
      viewer: { position: EYES, orientation: AHEAD },
      sources: [...this.#hands].map(([side, state]) => sourceOf(side, state)),
    };
  }

  get panels(): Panels {
    if (this.#panels === undefined) throw new Error('This person has no panels.');
    return this.#panels;
  }

  /** Points at what a panel says and presses it. */
  tap(panel: Panel, label: string): this {
    const at = panel.placeOf(label);
    if (at === undefined) throw new Error(`Nothing here says "${label}".`);
    const place = this.rig.toRoom(at).toArray();
    return this.point('right', place).hand('right', { trigger: 1 }).hand('right', { trigger: 0 });
  }

  box(position: Vec3, scale = 0.1): Entity {
    const entity = this.session.create({
      name: 'Box',
      components: {
        transform: { position, scale: [scale, scale, scale] },
        primitive: { kind: 'box' },
      },
    });
    this.frame();
    return entity;
  }

  /** Where it is now, as everybody sees it. */
  placeOf(entity: Entity): readonly number[] {
    return this.#transformOf(entity).position;
  }

  sizeOf(entity: Entity): number {
    return this.#transformOf(entity).scale[0]!;
  }

  #transformOf(entity: Entity): { position: readonly number[]; scale: readonly number[] } {
    const shown = this.editor.preview.getState().own.get(entity);
    if (shown) return shown;
    const { inspector } = this.editor;
    const before = this.editor.selection.getState().entities;
    this.editor.select([entity]);
    const section = inspector
      .getState()
      .sections.find(({ component }) => component === 'transform');
    this.editor.select(before);
    const value = (name: string): readonly number[] =>
      section?.fields.find((field) => field.name === name)?.value as readonly number[];
    return { position: value('position'), scale: value('scale') };
  }

  #mirror(): void {
    const { own } = this.editor.preview.getState();
    this.view.setPreview(own);
    const { tool } = this.editor.tools.getState();
    this.view.gizmo.set({
      mode: tool === 'move' || tool === 'rotate' || tool === 'scale' ? tool : undefined,
      pivot: this.editor.gizmo.getState().pivot,
    });
  }
}

function sourceOf(side: Side, state: HandState): InputSourceState {
  const pose = { position: state.position, orientation: state.orientation };
  const { trigger, squeeze, primary, secondary, stick, bare, tracked } = state;
  return {
    handedness: side,
    targetRayMode: 'tracked-pointer',
    profiles: [bare ? 'generic-hand' : 'meta-quest-touch-plus'],
    buttons: bare ? [] : [trigger, squeeze, 0, 0, primary, secondary],
    axes: bare ? [] : [0, 0, ...stick],
    ...(tracked && { targetRay: pose, grip: pose }),
    ...(bare && tracked && { hand: jointsOf(state) }),
  };
}

function jointsOf({ position: [x, y, z], trigger, squeeze }: HandState): HandJoints {
  const index = trigger > 0.5 ? PINCHED_M : OPEN_M;
  const middle = squeeze > 0.5 ? PINCHED_M : OPEN_M;
  return {
    thumbTip: [x - index / 2, y, z],
    indexTip: [x + index / 2, y, z],
    middleTip: [x - index / 2, y + middle, z],
    all: [],
  };
}
