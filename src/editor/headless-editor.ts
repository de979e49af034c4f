import type { Entity } from '../ecs/entity.ts';
import { allActions } from './actions/all-actions.ts';
import { Actions } from './actions/registry.ts';
import { copyComponent, pasteComponent } from './clipboard/component-clip.ts';
import { copySelected, paste } from './clipboard/copy-paste.ts';
import type {
  Editor,
  FieldDrag,
  FieldInput,
  FlagName,
  LightKind,
  PrimitiveKind,
  ReorderPlace,
  SelectMode,
  TaskHandle,
} from './editor.ts';
import type { MeshPort } from './editor-options.ts';
import { EditorParts, type FullEditorOptions } from './editor-parts.ts';
import { addDrawnMesh } from './edits/add-drawn-mesh.ts';
import { addDrawnShape, addGroup, addLight, addPrimitive } from './edits/add-object.ts';
import { addCamera, addEnvironment, addFog } from './edits/add-surroundings.ts';
import { dropToFloor } from './edits/drop-to-floor.ts';
import { mayEdit } from './edits/edit-context.ts';
import {
  deleteSelected,
  duplicateSelected,
  rename,
  resetComponent,
  setComponent,
  setFlag,
} from './edits/edit-objects.ts';
import { groupSelected, ungroupSelected } from './edits/group.ts';
import { reparent } from './edits/reparent.ts';
import { beginGrab, type Grab } from './hands/grab.ts';
import type { DrawnShape } from './hands/shape-between.ts';
import type { DrawnMesh } from './hands/stroke-mesh.ts';
import { PreviewedFieldDrag } from './inspector/field-drag.ts';
import { FieldEdit } from './inspector/field-edit.ts';
import { parseNumber } from './inspector/number-expression.ts';
import { LENGTH_UNITS, type LengthUnit } from './length-units.ts';
import { type Materials, materialsOf } from './materials/materials-port.ts';
import type {
  KindGroup,
  Notice,
  PivotChoice,
  PreviewTransform,
  SnapState,
  Space,
  Task,
  ToolName,
  ViewState,
} from './stores/states.ts';
import type { KeyInput, PointerInput, ScreenPoint } from './tools/pointer-input.ts';
import type { ViewportPort } from './viewport-port.ts';

const NO_DRAG: FieldDrag = {
  update: () => undefined,
  commit: () => undefined,
  cancel: () => undefined,
};

/** The intents of the editor, each in a line or two that say which part does it. */
export class HeadlessEditor implements Editor {
  readonly actions: Actions;
  readonly materials: Materials;
  readonly #parts: EditorParts;
  readonly #meshes: MeshPort | undefined;

  constructor(options: FullEditorOptions) {
    this.#meshes = options.meshes;
    this.#parts = new EditorParts(options);
    this.materials = materialsOf(this.#parts, options.images);
    this.actions = new Actions(options.platform, this.#parts.notices);
    for (const action of allActions(this, this.#parts, options)) this.actions.register(action);
  }

  get selection() {
    return this.#parts.selection.store;
  }
  get tools() {
    return this.#parts.tools;
  }
  get view() {
    return this.#parts.view;
  }
  get outliner() {
    return this.#parts.outliner.store;
  }
  get inspector() {
    return this.#parts.inspector.store;
  }
  get history() {
    return this.#parts.history;
  }
  get people() {
    return this.#parts.people;
  }
  get connection() {
    return this.#parts.connection;
  }
  get notices() {
    return this.#parts.notices.store;
  }
  get tasks() {
    return this.#parts.tasks.store;
  }
  get preview() {
    return this.#parts.previews.store;
  }
  get gizmo() {
    return this.#parts.gizmo;
  }

  update(): void {
    this.#parts.update();
  }

  pointer(input: PointerInput): boolean {
    const captured = this.#parts.machine.pointer(input);
    this.update();
    return captured;
  }

  beginGrab(): Grab | undefined {
    this.#parts.machine.cancel();
    return beginGrab(this.#parts.toolContext);
  }

  duplicateGrab(grab: Grab): Grab | undefined {
    grab.cancel();
    const made = duplicateSelected(this.#parts.edits);
    this.update();
    return made && beginGrab(this.#parts.toolContext, made.id);
  }

  key(input: KeyInput): boolean {
    if (input.type === 'down' && input.key === 'Escape' && this.#parts.machine.cancel()) {
      this.update();
      return true;
    }
    if (input.editable) return false;
    if (input.type === 'down' && input.key === 'Escape' && this.#stopsFollowing()) return true;
    // With the mouse button down, a key must not delete what is being dragged.
    if (!this.#parts.machine.key(input)) return this.actions.dispatch(input);
    this.update();
    return true;
  }

  attachViewport(viewport: ViewportPort | undefined): void {
    this.#parts.viewport = viewport;
  }

  showPeerPreview(peer: string, transforms: ReadonlyMap<Entity, PreviewTransform>): void {
    this.#parts.previews.showPeer(peer, transforms);
  }

  select(entities: readonly Entity[], mode: SelectMode = 'replace'): void {
    this.#parts.selection.select(
      entities.filter((entity) => this.#parts.scene.isObject(entity)),
      mode,
    );
    this.update();
  }

  hover(entity: Entity): void {
    this.#parts.selection.hover(entity);
  }

  setTool(tool: ToolName): void {
    if (tool === this.tools.getState().tool) return;
    this.#parts.machine.cancel();
    this.tools.setState({ tool });
    this.#parts.presence.activate(tool);
    this.update();
  }

  setSpace(space: Space): void {
    this.tools.setState({ space });
    this.update();
  }

  setView(change: Partial<ViewState>): void {
    this.view.setState(change);
  }

  openMenu({ x, y }: ScreenPoint, entity: Entity): void {
    const { scene, selection } = this.#parts;
    const about = scene.isPickable(entity) ? 'selection' : 'scene';
    if (about === 'selection' && !selection.entities.includes(entity)) this.select([entity]);
    this.setView({ menu: { x, y, about } });
  }

  armBoxSelect(): void {
    this.tools.setState(({ boxSelecting }) => ({ boxSelecting: !boxSelecting }));
  }

  setPivot(pivot: PivotChoice): void {
    this.tools.setState({ pivot });
    this.update();
  }

  setSnap(change: Partial<SnapState>): void {
    this.tools.setState({ snap: { ...this.tools.getState().snap, ...change } });
  }

  setFilter(text: string): void {
    this.#parts.outliner.setFilter(text);
    this.#parts.outliner.update();
  }

  setKinds(kinds: readonly KindGroup[]): void {
    this.#parts.outliner.setKinds(kinds);
    this.#parts.outliner.update();
  }

  toggleExpanded(entity: Entity): void {
    this.#parts.outliner.toggleExpanded(entity);
    this.#parts.outliner.update();
  }

  reveal(entity: Entity): void {
    this.#parts.outliner.reveal(entity);
    this.#parts.outliner.update();
  }

  rename(entity: Entity, name: string): void {
    rename(this.#parts.edits, entity, name);
  }

  setFlag(entities: readonly Entity[], flag: FlagName, value: boolean): void {
    setFlag(this.#parts.edits, entities, flag, value);
  }

  reparent(entities: readonly Entity[], parent: Entity, place?: ReorderPlace): void {
    reparent(this.#parts.edits, entities, parent, place);
    this.update();
  }

  setField(component: string, field: string, value: FieldInput): void {
    if (!mayEdit(this.#parts.edits)) return;
    const edit = this.#fieldEdit(component, field);
    edit.commit(edit.writes(value), this.#parts.issuer);
    this.update();
  }

  setFieldText(
    component: string,
    field: string,
    element: number,
    text: string,
    unit: LengthUnit = 'm',
  ): boolean {
    const expression = parseNumber(text, unit);
    if (expression === undefined) return false;
    const metres = LENGTH_UNITS[unit];
    const map = (value: number): number => expression.apply(value / metres) * metres;
    this.setField(component, field, { element, map });
    return true;
  }

  beginFieldDrag(component: string, field: string): FieldDrag {
    if (!mayEdit(this.#parts.edits)) return NO_DRAG;
    const edit = this.#fieldEdit(component, field);
    return new PreviewedFieldDrag(
      this.#parts.scene,
      this.#parts.previews,
      this.#parts.issuer,
      edit,
    );
  }

  resetField(component: string, field: string): void {
    if (!mayEdit(this.#parts.edits)) return;
    const edit = this.#fieldEdit(component, field);
    edit.commit(edit.resets(), this.#parts.issuer);
    this.update();
  }

  resetComponent(component: string): void {
    resetComponent(this.#parts.edits, component);
    this.update();
  }

  copyComponent(component: string): string | undefined {
    return copyComponent(this.#parts.edits, component);
  }

  addComponent(component: string): void {
    setComponent(this.#parts.edits, component, true);
  }

  removeComponent(component: string): void {
    setComponent(this.#parts.edits, component, false);
  }

  addPrimitive(kind: PrimitiveKind): void {
    addPrimitive(this.#parts.edits, kind);
    this.update();
  }

  addDrawnShape(shape: DrawnShape, color?: readonly number[]): void {
    addDrawnShape(this.#parts.edits, shape, color);
    this.update();
  }

  async addDrawnMesh(mesh: DrawnMesh, color?: readonly number[]): Promise<void> {
    await addDrawnMesh(this.#parts.edits, this.#meshes, mesh, color);
    this.update();
  }

  addLight(kind: LightKind): void {
    addLight(this.#parts.edits, kind);
    this.update();
  }

  addGroup(): void {
    addGroup(this.#parts.edits);
    this.update();
  }

  addCamera(): void {
    addCamera(this.#parts.edits);
    this.update();
  }

  addEnvironment(): void {
    addEnvironment(this.#parts.edits);
    this.update();
  }

  addFog(): void {
    addFog(this.#parts.edits);
    this.update();
  }

  groupSelected(): void {
    groupSelected(this.#parts.edits);
    this.update();
  }

  ungroupSelected(): void {
    ungroupSelected(this.#parts.edits);
    this.update();
  }

  deleteSelected(): void {
    deleteSelected(this.#parts.edits);
  }

  dropSelected(): void {
    dropToFloor(this.#parts.edits);
    this.update();
  }

  duplicateSelected(): void {
    duplicateSelected(this.#parts.edits);
    this.update();
  }

  copySelected(): string | undefined {
    return copySelected(this.#parts.edits);
  }

  paste(text: string): boolean {
    const { edits } = this.#parts;
    const known = pasteComponent(edits, text) || paste(edits, text);
    this.update();
    return known;
  }

  undo(): void {
    this.#parts.issuer.undo();
  }

  redo(): void {
    this.#parts.issuer.redo();
  }

  follow(peer: string | undefined): void {
    this.#parts.company.follow(peer);
  }

  setUnseen(unseen: boolean): void {
    this.people.setState({ unseen });
    this.#parts.presence.hide(unseen);
  }

  gather(): void {
    this.#parts.company.gather();
  }

  notify(notice: Omit<Notice, 'id'>): string {
    return this.#parts.notices.notify(notice);
  }

  dismiss(noticeId: string): void {
    this.#parts.notices.dismiss(noticeId);
  }

  startTask(task: Omit<Task, 'id'>): TaskHandle {
    return this.#parts.tasks.start(task);
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #stopsFollowing(): boolean {
    const isFollowing = this.people.getState().following !== '';
    if (isFollowing) this.follow(undefined);
    return isFollowing;
  }

  #fieldEdit(component: string, field: string): FieldEdit {
    const { scene, fields, eulers, selection } = this.#parts;
    return new FieldEdit(scene, fields, eulers, selection.entities, { component, field });
  }
}
