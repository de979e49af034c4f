import type { StoreApi } from 'zustand/vanilla';
import type { Entity } from '../ecs/entity.ts';
import type { ActionRegistry } from './actions/action.ts';
import type { Grab } from './hands/grab.ts';
import type { DrawnShape } from './hands/shape-between.ts';
import type { DrawnMesh } from './hands/stroke-mesh.ts';
import type { LengthUnit } from './length-units.ts';
import type { Materials } from './materials/materials-port.ts';
import type {
  ConnectionState,
  FieldValue,
  GizmoState,
  HistoryState,
  InspectorState,
  KindGroup,
  Notice,
  NoticesState,
  OutlinerState,
  PeopleState,
  PivotChoice,
  PreviewState,
  PreviewTransform,
  SelectionState,
  SnapState,
  Space,
  Task,
  TasksState,
  ToolName,
  ToolsState,
  ViewState,
} from './stores/states.ts';
import type { KeyInput, PointerInput, ScreenPoint } from './tools/pointer-input.ts';
import type { ViewportPort } from './viewport-port.ts';

// Panels import the editor alone, so what they need of other rooms goes through here.
export { type Entity, NO_ENTITY } from '../ecs/entity.ts';
export type { Action, ActionGroup, ActionRegistry, KeyBindings } from './actions/action.ts';
export type { Ray } from './geometry/ray.ts';
export type { Vec3 } from './geometry/vec3.ts';
export type { Grab, Similarity } from './hands/grab.ts';
export { type NumberExpression, parseNumber } from './inspector/number-expression.ts';
export { inUnits, LENGTH_UNITS, type LengthUnit } from './length-units.ts';
export type { Materials } from './materials/materials-port.ts';
export * from './stores/states.ts';
export type {
  CameraView,
  GizmoAxis,
  GizmoHandle,
  GizmoMode,
  KeyInput,
  Modifiers,
  PointerHit,
  PointerInput,
  ScreenPoint,
  ScreenRect,
} from './tools/pointer-input.ts';
export type {
  AxisView,
  Box,
  SceneProbe,
  VertexQuery,
  Viewpoint,
  ViewportPort,
} from './viewport-port.ts';

export type SelectMode = 'replace' | 'toggle' | 'add';
export type PrimitiveKind = 'box' | 'sphere' | 'cylinder' | 'cone' | 'torus' | 'plane';
export type LightKind = 'directional' | 'point' | 'spot' | 'ambient';
export type FlagName = 'hidden' | 'locked';
export type ReorderPlace = { readonly before: Entity } | { readonly after: Entity };

/**
 * What a field is set to. For several elements, `null` (or an element `null`) leaves each entity's
 * own value as it is; a function maps each entity's present element (an expression as `*2`).
 */
export type FieldInput =
  | FieldValue
  | readonly (number | null)[]
  | { readonly element: number; map(value: number): number };

/** A field being scrubbed: shown at once, written once. */
export interface FieldDrag {
  update(value: FieldInput): void;
  /** One undo step; nothing when the value never changed. */
  commit(): void;
  cancel(): void;
}

/** The headless editor: stores to render from, and intents to call. Everything is synchronous. */
export interface Editor {
  readonly selection: StoreApi<SelectionState>;
  readonly tools: StoreApi<ToolsState>;
  readonly view: StoreApi<ViewState>;
  readonly outliner: StoreApi<OutlinerState>;
  readonly inspector: StoreApi<InspectorState>;
  readonly history: StoreApi<HistoryState>;
  /** Written by the client. */
  readonly people: StoreApi<PeopleState>;
  /** Written by the client, all but `pending`. */
  readonly connection: StoreApi<ConnectionState>;
  readonly notices: StoreApi<NoticesState>;
  readonly tasks: StoreApi<TasksState>;
  readonly preview: StoreApi<PreviewState>;
  readonly gizmo: StoreApi<GizmoState>;
  readonly materials: Materials;
  readonly actions: ActionRegistry;

  /** Brings the stores up to date with the document; called once a frame, free when nothing changed. */
  update(): void;
  /** Input of the viewport. True while a gesture owns the pointer: then the camera keeps still. */
  pointer(input: PointerInput): boolean;
  /** Takes the selection into the hands; undefined where nothing of it may be moved. */
  beginGrab(): Grab | undefined;
  /**
   * Lets what is held be where it was, and takes a copy of it into the hands instead: made and moved in
   * one undo step. Undefined where there is nothing to be copied.
   */
  duplicateGrab(grab: Grab): Grab | undefined;
  /** A key that no control wanted. True when it was used: then its default is prevented. */
  key(input: KeyInput): boolean;
  /** What a peer drags now, from presence; an empty map when it has let go. */
  showPeerPreview(peer: string, transforms: ReadonlyMap<Entity, PreviewTransform>): void;
  /** Lends the actions a viewport; `undefined` when it goes. */
  attachViewport(viewport: ViewportPort | undefined): void;

  select(entities: readonly Entity[], mode?: SelectMode): void;
  hover(entity: Entity): void;
  setTool(tool: ToolName): void;
  setSpace(space: Space): void;
  setView(change: Partial<ViewState>): void;
  /**
   * Opens the view's menu at a point of it: about the selection, which becomes the entity at that point
   * unless that is selected already, or about the scene where there is none to be selected.
   */
  openMenu(at: ScreenPoint, entity: Entity): void;
  setPivot(pivot: PivotChoice): void;
  /** Lets the next drag on the scene draw a marquee, or not after all. */
  armBoxSelect(): void;
  setSnap(change: Partial<SnapState>): void;

  setFilter(text: string): void;
  /** Narrows the outliner to objects of these kinds; none shows all. */
  setKinds(kinds: readonly KindGroup[]): void;
  toggleExpanded(entity: Entity): void;
  /** Expands what is above the entity so that it has a row. */
  reveal(entity: Entity): void;

  rename(entity: Entity, name: string): void;
  setFlag(entities: readonly Entity[], flag: FlagName, value: boolean): void;
  /** Moves entities under a parent (`NO_ENTITY`: to the top level), keeping where they are. */
  reparent(entities: readonly Entity[], parent: Entity, place?: ReorderPlace): void;
  /** Writes a field of every selected, unlocked entity that has the component; one undo step. */
  setField(component: string, field: string, value: FieldInput): void;
  /**
   * As `setField` with what was typed: `1/3`, `*2`, `30 cm`. False: it is no number.
   * @param unit what a length without a unit is in; metres unless told
   */
  setFieldText(
    component: string,
    field: string,
    element: number,
    text: string,
    unit?: LengthUnit,
  ): boolean;
  beginFieldDrag(component: string, field: string): FieldDrag;
  /** Gives a field of the selected entities the component's default. */
  resetField(component: string, field: string): void;
  addComponent(component: string): void;
  removeComponent(component: string): void;
  resetComponent(component: string): void;
  /** The active entity's values of a component as a text for the clipboard. */
  copyComponent(component: string): string | undefined;

  addPrimitive(kind: PrimitiveKind): void;
  /** Makes a shape drawn between two points, in a linear colour r, g, b, a, and selects it. */
  addDrawnShape(shape: DrawnShape, color?: readonly number[]): void;
  /** Makes a mesh that was drawn in space, and selects it. Settles when it is there, or is known not to come. */
  addDrawnMesh(mesh: DrawnMesh, color?: readonly number[]): Promise<void>;
  addLight(kind: LightKind): void;
  addGroup(): void;
  /** Makes a camera that sees what the viewport shows. */
  addCamera(): void;
  /** Makes an environment, or selects the one that the scene has. */
  addEnvironment(): void;
  addFog(): void;
  groupSelected(): void;
  /** Moves what is in the selected groups up to where they are, and deletes them. */
  ungroupSelected(): void;
  deleteSelected(): void;
  /** Lets each down until it rests on what is below it, or on the ground. */
  dropSelected(): void;
  duplicateSelected(): void;
  /** The selected objects as a text for the clipboard; undefined when there are none. */
  copySelected(): string | undefined;
  /**
   * Makes the objects that such a text holds, or gives the selected ones the component that it holds.
   * What they show and the session lacks is brought along first: a task, until which there are none.
   * False: it is another text.
   */
  paste(text: string): boolean;
  undo(): void;
  redo(): void;

  /** Looks with somebody's eyes until the view is moved by hand; undefined ends that. */
  follow(peer: string | undefined): void;
  /** Hides from the others where one looks and points, and what one drags and selects. */
  setUnseen(unseen: boolean): void;
  /** Asks everybody to where one looks from; admins alone may. */
  gather(): void;

  /** Shows a notice; returns its id. */
  notify(notice: Omit<Notice, 'id'>): string;
  dismiss(noticeId: string): void;
  /** Shows a task; the returned handle reports progress and ends it. */
  startTask(task: Omit<Task, 'id'>): TaskHandle;

  /** Ends subscriptions and change readers. */
  dispose(): void;
}

export interface TaskHandle {
  report(progress: number | null): void;
  end(): void;
}
