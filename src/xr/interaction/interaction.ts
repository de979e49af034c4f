import { Box3, type PerspectiveCamera, Vector3 } from 'three';
import type { StoreApi } from 'zustand/vanilla';
import type { Editor, PointerHit, Vec3 } from '../../editor/editor.ts';
import type { SceneView } from '../../render/scene-view.ts';
import { type HandControls, HandTracker } from '../input/hand-controls.ts';
import type { InputFrame } from '../input/input-frame.ts';
import type { Rig } from '../stage/rig.ts';
import type { BrushState } from './brush.ts';
import type { Feel } from './feedback.ts';
import { type Hand, handInWorld } from './hand.ts';
import { Holding } from './holding.ts';
import { Locomotion } from './locomotion.ts';
import { type Aim, Pointing, TOUCH_M } from './pointing.ts';
import type { RayTarget } from './ray-target.ts';
import type { Side, XrSettings } from './settings.ts';
import { beginStroke, type Ghost, type Stroke } from './strokes.ts';
import { SwapGesture } from './swap-gesture.ts';
import { WorldGrab } from './world-grab.ts';

export interface InteractionOptions {
  readonly editor: Editor;
  readonly view: SceneView;
  readonly rig: Rig;
  /** The person's head as the scene is drawn from it. */
  readonly camera: PerspectiveCamera;
  readonly settings: StoreApi<XrSettings>;
  readonly brush: StoreApi<BrushState>;
  readonly feel: Feel;
  /** In front of the scene; they take a press first. */
  readonly targets: readonly RayTarget[];
}

/** What a hand is doing. */
type Doing =
  | { readonly at: 'nothing' }
  | { readonly at: 'target'; readonly target: RayTarget }
  | { readonly at: 'pointing' }
  | { readonly at: 'tapping'; readonly aim: Aim; readonly pressed: Hand }
  | { readonly at: 'selecting'; readonly from: Vector3 }
  | { readonly at: 'drawing'; readonly stroke: Stroke }
  | { readonly at: 'teleporting' }
  | { readonly at: 'holding'; readonly by: Grip }
  | { readonly at: 'world'; readonly by: Grip };
/** The button that keeps hold. */
type Grip = 'trigger' | 'squeeze';

/** What is to be drawn of a hand's aim. */
export interface HandAim {
  readonly hand: Hand;
  /** World metres to what it points at; undefined: at nothing. */
  readonly reach: number | undefined;
  /** No ray is drawn: it touches, holds or is busy otherwise. */
  readonly quiet: boolean;
}

const NOTHING: Doing = { at: 'nothing' };
/** A tap becomes a hold once the hand has gone so far, or its ray has turned so far. */
const HOLD_M = 0.02;
const HOLD_COSINE = Math.cos((2.5 * Math.PI) / 180);

/**
 * What the hands do to the scene. Grips hold objects, or the world where they hold nothing; the trigger
 * drives the editor's tools as a mouse does, near by touch and far by ray. A hand without a controller
 * does both by pinching. Everything ends in the editor's own gestures and commands.
 */
export class Interaction {
  readonly #options: InteractionOptions;
  readonly #tracker = new HandTracker();
  readonly #pointing: Pointing;
  readonly #locomotion: Locomotion;
  readonly #worldGrab: WorldGrab;
  readonly #swap: SwapGesture;
  readonly #doing = new Map<Side, Doing>();
  /** What was drawn and is on its way into the scene. */
  readonly #coming = new Set<Ghost>();
  #hands: readonly Hand[] = [];
  #aims: readonly HandAim[] = [];
  #holding: Holding | undefined;
  /** The person's head, in the room. */
  #viewer: InputFrame['viewer'];
  /** Whose ray hovers: that of the hand that pressed last. */
  #pointer: Side;
  #hovered: unknown;

  constructor(options: InteractionOptions) {
    this.#options = options;
    const { view, editor, rig, camera, settings } = options;
    this.#pointing = new Pointing(view, editor, camera);
    this.#locomotion = new Locomotion(rig, view);
    this.#worldGrab = new WorldGrab(rig);
    this.#swap = new SwapGesture(settings, options.feel);
    this.#pointer = settings.getState().dominant;
  }

  get hands(): readonly Hand[] {
    return this.#hands;
  }

  get aims(): readonly HandAim[] {
    return this.#aims;
  }

  get locomotion(): Locomotion {
    return this.#locomotion;
  }

  /** Whether the world moves around the person, by whatever means. */
  get worldMoves(): boolean {
    return this.#worldGrab.hands > 0 || this.#locomotion.moving;
  }

  get ghosts(): readonly Ghost[] {
    const drawn = [...this.#doing.values()].flatMap((doing) =>
      doing.at === 'drawing' ? (doing.stroke.ghost ?? []) : [],
    );
    return [...drawn, ...this.#coming];
  }

  /** The box in which a hand is selecting. */
  get volume(): Box3 | undefined {
    for (const [side, doing] of this.#doing) {
      const hand = this.#hand(side);
      if (doing.at === 'selecting' && hand) return boxOf(doing.from, hand.tip);
    }
    return undefined;
  }

  update(input: InputFrame, seconds: number): void {
    const { rig, settings } = this.#options;
    const controls = this.#tracker.update(input.sources);
    this.#viewer = input.viewer;
    this.#see(controls);
    this.#loseSight();
    for (const hand of this.#hands) this.#press(hand);
    this.#move(controls);
    for (const hand of this.#hands) this.#let(hand);
    this.#locomotion.update(this.#idleHands(), this.#headInWorld(), settings.getState(), seconds);
    this.#swap.update(this.#hands, rig.scale, seconds);
    this.#see(controls);
    this.#aims = this.#hands.map((hand) => this.#aimOf(hand));
  }

  /** Lets go of everything; what was held stays where it was before. */
  cancel(): void {
    this.#holding?.cancel();
    this.#holding = undefined;
    for (const [side, doing] of this.#doing) {
      const hand = this.#hand(side);
      if (doing.at === 'pointing' && hand) this.#pointing.cancel(hand);
      if (doing.at === 'target') doing.target.release(undefined, side);
      this.#worldGrab.leave(side);
    }
    this.#doing.clear();
    this.#locomotion.cancel();
  }

  #see(controls: readonly HandControls[]): void {
    const { rig } = this.#options;
    this.#hands = controls.flatMap((each) => handInWorld(each, rig) ?? []);
  }

  #headInWorld(): Vector3 {
    return this.#options.rig.toWorld(new Vector3(...(this.#viewer?.position ?? [0, 0, 0])));
  }

  #hand(side: Side): Hand | undefined {
    return this.#hands.find((hand) => hand.side === side);
  }

  #doingOf({ side }: Hand): Doing {
    return this.#doing.get(side) ?? NOTHING;
  }

  // --- presses ---------------------------------------------------------------------------------

  #press(hand: Hand): void {
    const { trigger, squeeze, primary, secondary } = hand.controls;
    if (squeeze.started) this.#squeeze(hand);
    if (trigger.started) this.#trigger(hand);
    if (primary.started) this.#primary(hand);
    if (secondary.started) this.#secondary(hand);
  }

  #squeeze(hand: Hand): void {
    if (this.#doingOf(hand).at !== 'nothing') return;
    const { settings, view, rig } = this.#options;
    const blocks = settings.getState().preset === 'blocks';
    const touched = blocks ? undefined : view.touch(hand.tip, TOUCH_M * 1.5 * rig.scale);
    if (this.#holding !== undefined) this.#join(hand, 'squeeze');
    else if (touched !== undefined) this.#take(hand, touched, 'squeeze');
    else this.#takeWorld(hand, 'squeeze');
  }

  #trigger(hand: Hand): void {
    const { targets, brush, feel } = this.#options;
    if (this.#holding?.has(hand.side)) {
      if (this.#holding.duplicate()) feel(hand.side, 'grab');
      else this.#drop();
      return;
    }
    if (this.#doingOf(hand).at !== 'nothing') return;
    this.#pointer = hand.side;
    const target = nearestTarget(targets, hand);
    if (target !== undefined) {
      target.press(hand);
      this.#doing.set(hand.side, { at: 'target', target });
    } else if (this.#holding !== undefined && hand.controls.bare) this.#join(hand, 'trigger');
    else if (brush.getState().kind === 'teleport') {
      if (this.#locomotion.aim === undefined) this.#doing.set(hand.side, { at: 'teleporting' });
    } else if (brush.getState().kind !== 'none') this.#beginStroke(hand);
    else this.#aimPress(hand);
  }

  #beginStroke(hand: Hand): void {
    const { side } = hand;
    const { brush, editor, rig, feel } = this.#options;
    if (brush.getState().kind !== 'measure' && isViewer(editor)) {
      feel(side, 'refuse');
      return;
    }
    const { scale, yaw } = rig;
    const stroke = beginStroke({ editor, brush: brush.getState(), hand, yaw, scale });
    this.#doing.set(side, { at: 'drawing', stroke });
  }

  #aimPress(hand: Hand): void {
    const aim = this.#pointing.aim(hand, this.#options.rig.scale);
    if (aim.handle !== undefined) {
      this.#pointing.down(hand, aim);
      this.#doing.set(hand.side, { at: 'pointing' });
      this.#options.feel(hand.side, 'grab');
      return;
    }
    this.#doing.set(hand.side, { at: 'tapping', aim, pressed: hand });
  }

  #primary({ side }: Hand): void {
    const { editor, settings, feel } = this.#options;
    if (side !== settings.getState().dominant) editor.actions.run('edit.undo');
    else editor.setSnap({ enabled: !editor.tools.getState().snap.enabled });
    feel(side, 'snap');
  }

  #secondary({ side }: Hand): void {
    const { editor, settings, feel } = this.#options;
    if (side === settings.getState().dominant) return;
    editor.actions.run('edit.redo');
    feel(side, 'snap');
  }

  // --- taking hold -----------------------------------------------------------------------------

  #take(hand: Hand, { entity }: PointerHit, by: Grip): void {
    const { editor, feel } = this.#options;
    if (!editor.selection.getState().entities.includes(entity)) editor.select([entity]);
    this.#holding = Holding.begin(editor, hand);
    feel(hand.side, this.#holding ? 'grab' : 'refuse');
    this.#doing.set(hand.side, this.#holding ? { at: 'holding', by } : NOTHING);
  }

  #join(hand: Hand, by: Grip): void {
    this.#holding?.join(hand, this.#hands);
    this.#doing.set(hand.side, { at: 'holding', by });
    this.#options.feel(hand.side, 'grab');
  }

  #takeWorld(hand: Hand, by: Grip): void {
    this.#worldGrab.join(hand.controls);
    this.#doing.set(hand.side, { at: 'world', by });
  }

  #drop(): void {
    this.#holding?.cancel();
    this.#holding = undefined;
    for (const [side, doing] of this.#doing) {
      if (doing.at === 'holding') this.#doing.set(side, NOTHING);
    }
  }

  // --- while held ------------------------------------------------------------------------------

  #move(controls: readonly HandControls[]): void {
    const { rig, feel } = this.#options;
    for (const hand of this.#hands) this.#moveHand(hand);
    if (this.#worldGrab.hands > 0) {
      this.#worldGrab.update(controls);
      this.#see(controls);
    }
    if (this.#holding === undefined) return;
    if (!this.#holding.stillValid()) this.#drop();
    else if (this.#holding.show(this.#hands, rig.scale)) {
      for (const hand of this.#hands) if (this.#holding.has(hand.side)) feel(hand.side, 'snap');
    }
  }

  #moveHand(hand: Hand): void {
    const doing = this.#doingOf(hand);
    if (doing.at === 'target') doing.target.drag(hand);
    else if (doing.at === 'pointing') this.#pointing.move(hand);
    else if (doing.at === 'drawing') doing.stroke.move(hand);
    else if (doing.at === 'tapping') this.#tap(hand, doing);
    else if (doing.at === 'teleporting') this.#locomotion.point(hand);
  }

  /** A tap that goes somewhere is more than a tap, and was from the press on. */
  #tap(hand: Hand, { aim, pressed }: Extract<Doing, { at: 'tapping' }>): void {
    if (!wentOn(pressed, hand)) return;
    if (aim.hit !== undefined) this.#take(pressed, aim.hit, 'trigger');
    else if (hand.controls.bare) this.#takeWorld(pressed, 'trigger');
    else this.#doing.set(hand.side, { at: 'selecting', from: new Vector3(...pressed.tip) });
  }

  // --- letting go ------------------------------------------------------------------------------

  #let(hand: Hand): void {
    const doing = this.#doingOf(hand);
    const { trigger, squeeze } = hand.controls;
    const held = doing.at === 'holding' || doing.at === 'world' ? doing.by : 'trigger';
    if (doing.at !== 'nothing' && !(held === 'trigger' ? trigger : squeeze).held) {
      this.#doing.set(hand.side, NOTHING);
      this.#end(hand, doing);
    }
  }

  #end(hand: Hand, doing: Doing): void {
    if (doing.at === 'target') doing.target.release(hand, hand.side);
    else if (doing.at === 'pointing') this.#pointing.up(hand);
    else if (doing.at === 'drawing') this.#finish(hand, doing.stroke);
    else if (doing.at === 'teleporting') this.#arrive(hand);
    else if (doing.at === 'selecting') this.#selectIn(boxOf(doing.from, hand.tip));
    else if (doing.at === 'tapping') {
      this.#pointing.down(hand, doing.aim);
      this.#pointing.up(hand, doing.aim);
    } else this.#leave(hand.side);
  }

  #leave(side: Side): void {
    this.#worldGrab.leave(side);
    if (this.#holding?.has(side) && !this.#holding.leave(side, this.#hands)) {
      this.#holding = undefined;
    }
  }

  #arrive({ side }: Hand): void {
    this.#options.feel(side, this.#locomotion.arrive(this.#headInWorld()) ? 'snap' : 'refuse');
  }

  #finish({ side }: Hand, stroke: Stroke): void {
    const made = stroke.end();
    this.#options.feel(side, made ? 'grab' : 'refuse');
    const { ghost } = stroke;
    if (typeof made === 'boolean' || ghost === undefined) return;
    // It is seen where it was drawn until it is there.
    this.#coming.add(ghost);
    void made.finally(() => this.#coming.delete(ghost));
  }

  #selectIn(volume: Box3): void {
    this.#options.editor.select(this.#options.view.within(volume));
  }

  /** A controller has fallen asleep, or a hand has gone out of sight: it lets go where it was. */
  #loseSight(): void {
    for (const [side, doing] of [...this.#doing]) {
      if (this.#hand(side) !== undefined) continue;
      this.#doing.delete(side);
      if (doing.at === 'target') doing.target.release(undefined, side);
      else if (doing.at === 'holding' || doing.at === 'world') this.#leave(side);
      else if (doing.at === 'teleporting') this.#locomotion.cancel();
      else if (doing.at === 'pointing') this.#options.editor.key(ESCAPE);
    }
  }

  // --- aiming ----------------------------------------------------------------------------------

  #idleHands(): Hand[] {
    return this.#hands.filter((hand) => this.#doingOf(hand).at === 'nothing');
  }

  #aimOf(hand: Hand): HandAim {
    const { targets, brush } = this.#options;
    const doing = this.#doingOf(hand);
    const target = doing.at === 'nothing' ? nearestTarget(targets, hand) : undefined;
    for (const each of targets) if (each !== target) each.leave(hand.side);
    const onPanel = target?.hover(hand);
    if (onPanel !== undefined) return { hand, reach: onPanel, quiet: false };
    if (doing.at === 'target') return { hand, reach: doing.target.hover(hand), quiet: false };
    const teleporting = this.#locomotion.aim?.side === hand.side;
    const drawing = brush.getState().kind !== 'none';
    if (doing.at !== 'nothing' || teleporting || drawing || hand.side !== this.#pointer) {
      const quiet = doing.at !== 'pointing' && doing.at !== 'tapping';
      return { hand, reach: undefined, quiet };
    }
    return this.#hover(hand);
  }

  #hover(hand: Hand): HandAim {
    const { rig, feel, editor } = this.#options;
    const aim = this.#pointing.aim(hand, rig.scale);
    this.#pointing.hover(hand, aim);
    const hovered = aim.handle?.axis ?? editor.selection.getState().hovered;
    if (hovered !== this.#hovered && (aim.handle || aim.hit)) feel(hand.side, 'hover');
    this.#hovered = hovered;
    return { hand, reach: reachOf(hand, aim), quiet: aim.near };
  }
}

const ESCAPE = {
  type: 'down',
  code: 'Escape',
  key: 'Escape',
  repeat: false,
  editable: false,
  shift: false,
  ctrl: false,
  alt: false,
  meta: false,
} as const;

/** Whether a hand has moved so far, or its ray has turned so far, that it meant to. */
function wentOn(from: Hand, now: Hand): boolean {
  const place = (hand: Hand): Vector3 =>
    new Vector3(...(hand.controls.grip?.position ?? [0, 0, 0]));
  if (place(now).distanceTo(place(from)) >= HOLD_M) return true;
  const [a, b] = [new Vector3(...from.ray.direction), new Vector3(...now.ray.direction)];
  return a.dot(b) < HOLD_COSINE;
}

function nearestTarget(targets: readonly RayTarget[], hand: Hand): RayTarget | undefined {
  let best: { target: RayTarget; reach: number } | undefined;
  for (const target of targets) {
    const reach = target.hover(hand);
    if (reach !== undefined && (best === undefined || reach < best.reach)) best = { target, reach };
  }
  return best?.target;
}

function reachOf(hand: Hand, { hit }: Aim): number | undefined {
  return hit && new Vector3(...hit.point).distanceTo(new Vector3(...hand.ray.origin));
}

function boxOf(from: Vector3, tip: Vec3): Box3 {
  return new Box3().expandByPoint(from).expandByPoint(new Vector3(...tip));
}

function isViewer(editor: Editor): boolean {
  return editor.connection.getState().role === 'viewer';
}
