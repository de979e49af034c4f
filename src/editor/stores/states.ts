import type { Entity } from '../../ecs/entity.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { LengthUnit } from '../length-units.ts';
import type { ScreenRect } from '../tools/pointer-input.ts';

export type ToolName = 'select' | 'move' | 'rotate' | 'scale';
export type Space = 'world' | 'local';
/** What several objects turn and grow about: their middle, the active one, or each about itself. */
export type PivotChoice = 'median' | 'active' | 'own';
/**
 * What a move snaps to: the world's grid, whole steps from where it began, vertices of other shapes, or
 * their surfaces.
 */
export type SnapTarget = 'grid' | 'increment' | 'vertex' | 'surface';
export type Role = 'viewer' | 'editor' | 'admin';

export interface SelectionState {
  /** In the order of selection, living entities only. */
  readonly entities: readonly Entity[];
  /** The last one selected: panels show it first, local space is its. */
  readonly active: Entity;
  readonly hovered: Entity;
}

/** Steps of snapping. Holding Ctrl turns `enabled` round for a gesture. */
export interface SnapState {
  readonly enabled: boolean;
  readonly to: SnapTarget;
  /** Metres. */
  readonly position: number;
  /** Degrees. */
  readonly angle: number;
  /** Of the scale factor. */
  readonly scale: number;
}

/** "Move", "X 1.25 m". */
export interface GestureReadout {
  readonly label: string;
  readonly readout: string;
  /** What was typed in place of what the pointer draws; not `valid` while it is no number yet. */
  readonly typed?: { readonly text: string; readonly valid: boolean } | undefined;
}

export interface ToolsState {
  readonly tool: ToolName;
  readonly space: Space;
  readonly snap: SnapState;
  readonly pivot: PivotChoice;
  /** What the hand is doing now. */
  readonly gesture: GestureReadout | null;
  /** The next drag draws a marquee, whatever the mouse does otherwise. */
  readonly boxSelecting: boolean;
  /** The rectangle being drawn to select what is in it. */
  readonly marquee: ScreenRect | null;
}

/**
 * Which buttons move the camera, as in editors that people know. `theta`: left orbits, middle or
 * Shift+left pans. `blender`: middle orbits, Shift+middle pans. `maya`: Alt with left orbits, with middle
 * pans, with right dollies. Where the left button is free, its drag draws a marquee.
 */
export type Navigation = 'theta' | 'blender' | 'maya';

/** How shapes are drawn: as the scene's own light shows them, as a studio does, or by their edges. */
export type Shading = 'lit' | 'material' | 'wireframe';

/** How the scene is looked at. */
export interface ViewState {
  readonly projection: 'perspective' | 'parallel';
  readonly shading: Shading;
  readonly grid: boolean;
  /** Metres a second, while the camera flies. */
  readonly flight: number | null;
  readonly navigation: Navigation;
  /** What lengths are shown and typed in. */
  readonly units: LengthUnit;
  /** Of the page around the view. */
  readonly scheme: 'dark' | 'light';
  /** The camera of the scene that one looks through; `NO_ENTITY` for one's own eye. */
  readonly camera: Entity;
  /** With all below them, the only ones shown, here and to nobody else; empty shows everything. */
  readonly isolated: readonly Entity[];
  /** The menu that was asked for in the view; null while there is none. */
  readonly menu: ViewMenu | null;
}

/** A context menu of the view. */
export interface ViewMenu {
  /** CSS pixels from the corner of the view. */
  readonly x: number;
  readonly y: number;
  /** Whether it is about what is selected, or about the scene and the view. */
  readonly about: 'selection' | 'scene';
}

export interface HistoryState {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undoLabel?: string | undefined;
  readonly redoLabel?: string | undefined;
}

export interface Person {
  readonly peer: string;
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
  readonly role: Role;
  readonly transport: string;
  readonly selection: readonly Entity[];
  readonly tool?: string | undefined;
  /** The peer whose view they follow; empty for nobody. */
  readonly follows?: string | undefined;
  /** Whether it is known where they look from, so that they can be followed. */
  readonly hasView?: boolean | undefined;
}

export interface PeopleState {
  readonly self: Person;
  readonly others: readonly Person[];
  /** The peer whose view this one follows; empty for nobody. */
  readonly following: string;
  /** Whether the others are not shown where one looks, points and what one drags and selects. */
  readonly unseen: boolean;
}

export interface ConnectionState {
  readonly status: 'connecting' | 'connected' | 'offline';
  /** The scene is there; until then, there is nothing to be seen or edited. */
  readonly isOpen: boolean;
  readonly transport: string;
  readonly role: Role;
  /** Edits that the server has not yet acknowledged. */
  readonly pending: number;
  readonly sessionId: string;
  readonly rttMs?: number | undefined;
  /** Why it is not connected, in words. */
  readonly problem?: string | undefined;
}

export type NoticeKind = 'info' | 'error' | 'success';

export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly text: string;
  readonly action?: { readonly label: string; run(): void } | undefined;
}

export interface NoticesState {
  readonly items: readonly Notice[];
}

export interface Task {
  readonly id: string;
  readonly label: string;
  /** From 0 to 1, or `null` when nobody knows. */
  readonly progress: number | null;
  cancel?(): void;
}

export interface TasksState {
  readonly items: readonly Task[];
}

/** Values shown in place of an entity's `Transform` component: relative to its parent. */
export interface PreviewTransform {
  readonly position: Vec3;
  /** Unit quaternion x, y, z, w. */
  readonly rotation: readonly [number, number, number, number];
  readonly scale: Vec3;
}

/** A field's value as commands take it. */
export type PreviewValue = number | boolean | string | readonly number[];

/**
 * Values that are shown but not (yet) in the document. The maps are updated in place while a
 * gesture lasts: compare `version`, not the maps.
 */
export interface PreviewState {
  readonly own: ReadonlyMap<Entity, PreviewTransform>;
  /** Of components other than `Transform`: values by component and field name. */
  readonly fields: ReadonlyMap<
    Entity,
    Readonly<Record<string, Readonly<Record<string, PreviewValue>>>>
  >;
  /** By peer. */
  readonly peers: ReadonlyMap<string, ReadonlyMap<Entity, PreviewTransform>>;
  readonly version: number;
}

/** Where the gizmo stands; `null` when there is nothing to move. */
export interface GizmoState {
  readonly pivot: {
    readonly position: Vec3;
    /** Of the gizmo's axes: the identity in world space. */
    readonly rotation: readonly [number, number, number, number];
  } | null;
  /** Where a move has snapped to another shape. */
  readonly snappedTo?: Vec3 | undefined;
}

export type EntityKind =
  | 'box'
  | 'sphere'
  | 'cylinder'
  | 'cone'
  | 'torus'
  | 'plane'
  | 'light'
  | 'mesh'
  | 'group'
  | 'camera'
  | 'environment'
  | 'fog';

export interface OutlinerRow {
  readonly entity: Entity;
  /** The text form of its id, stable between sessions. */
  readonly id: string;
  readonly name: string;
  readonly kind: EntityKind;
  readonly depth: number;
  readonly hasChildren: boolean;
  readonly expanded: boolean;
  readonly selected: boolean;
  readonly hidden: boolean;
  readonly locked: boolean;
  /** The other people who have it selected. */
  readonly peers: readonly RowPeer[];
}

/** Somebody else at an object. */
export interface RowPeer {
  readonly peer: string;
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
  /** Whether they are dragging it now. */
  readonly dragging: boolean;
}

/** What an outliner may be narrowed to. */
export const KIND_GROUPS = ['shape', 'mesh', 'light', 'camera', 'group', 'surroundings'] as const;
export type KindGroup = (typeof KIND_GROUPS)[number];

export interface OutlinerState {
  /** In the order shown; children of collapsed rows left out. */
  readonly rows: readonly OutlinerRow[];
  readonly filter: string;
  /** Of these kinds alone; empty shows all. */
  readonly kinds: readonly KindGroup[];
}

/** The selected entities differ in this value. */
export const MIXED: unique symbol = Symbol('mixed');
export type Mixed = typeof MIXED;

export type FieldValue = number | boolean | string;

export type InspectorFieldKind =
  | 'number'
  | 'integer'
  | 'vector'
  | 'euler'
  | 'color'
  | 'bool'
  | 'enum'
  | 'text'
  | 'hash'
  | 'entity';

export interface InspectorField {
  readonly name: string;
  readonly label: string;
  readonly kind: InspectorFieldKind;
  /** How many elements the value has. */
  readonly stride: number;
  /**
   * For a stride of 1 the value or `MIXED`; else an array of them, where each element may be mixed
   * by itself. `euler`: degrees about X, Y and Z, in the order XYZ. `color`: linear r, g, b, a.
   */
  readonly value: FieldValue | Mixed | readonly (number | Mixed)[];
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  readonly unit?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly options?: readonly string[] | undefined;
  /** A sentence on what it does. */
  readonly help?: string | undefined;
  /** Of a colour: whether its alpha has an effect. */
  readonly alpha?: boolean | undefined;
  /** Of a hash: the kind of asset it names. */
  readonly asset?: 'geometry' | 'texture' | undefined;
  /** Whether all of the entities have the component's default. */
  readonly isDefault: boolean;
}

export interface InspectorSection {
  readonly component: string;
  readonly label: string;
  readonly help?: string | undefined;
  /** Whether the component may be taken off the entities. */
  readonly removable: boolean;
  readonly fields: readonly InspectorField[];
}

/** A material that objects share. */
export interface SharedMaterialItem {
  readonly entity: Entity;
  readonly name: string;
  /** How many living objects wear it. */
  readonly wearers: number;
  /** Rises when it looks different. */
  readonly version: number;
}

export interface MaterialsState {
  /** By name. */
  readonly items: readonly SharedMaterialItem[];
}

/** An image of the document. */
export interface TextureItem {
  /** Content hash, as fields name it. */
  readonly digest: string;
  readonly name: string;
}

export interface InspectorState {
  /** How many entities are selected. */
  readonly count: number;
  /** The name of the one selected entity, or `MIXED` / the common one of several. */
  readonly name: string | Mixed;
  /**
   * The shared material that all of the selected entities wear, `NO_ENTITY` where each has its own or
   * none; undefined where none of them has a surface.
   */
  readonly material: Entity | Mixed | undefined;
  /** Components that all of the selected entities have. */
  readonly sections: readonly InspectorSection[];
  /** Names of components that may be added to them. */
  readonly addable: readonly {
    readonly component: string;
    readonly label: string;
    readonly help?: string | undefined;
  }[];
  /** No value may be changed: all of them are locked, or the role is viewer. */
  readonly readOnly: boolean;
}
