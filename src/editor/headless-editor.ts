import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChangeReader } from '../ecs/change-log.ts';
import { Hierarchy } from '../ecs/components/index.ts';
import type { Entity } from '../ecs/entity.ts';
import { addActions } from './actions/add-actions.ts';
import { clipboardActions } from './actions/clipboard-actions.ts';
import { editActions } from './actions/edit-actions.ts';
import { fileActions } from './actions/file-actions.ts';
import { Actions } from './actions/registry.ts';
import { selectionActions } from './actions/selection-actions.ts';

import { toolActions } from './actions/tool-actions.ts';
import { viewActions } from './actions/view-actions.ts';
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
import type { EditorOptions } from './editor-options.ts';
import { addGroup, addLight, addPrimitive } from './edits/add-object.ts';
import { type EditContext, mayEdit } from './edits/edit-context.ts';
import {
  deleteSelected,
  duplicateSelected,
  rename,
  setComponent,
  setFlag,
} from './edits/edit-objects.ts';
import { groupSelected, ungroupSelected } from './edits/group.ts';
import { reparent } from './edits/reparent.ts';
import { EulerMemory } from './inspector/euler-memory.ts';
import { PreviewedFieldDrag } from './inspector/field-drag.ts';
import { FieldEdit } from './inspector/field-edit.ts';
import { FieldReader } from './inspector/field-reader.ts';
import { Inspector } from './inspector/inspector.ts';
import { parseNumber } from './inspector/number-expression.ts';
import { Issuer } from './issuer.ts';
import { Outliner } from './outliner/outliner.ts';
import { PresencePublisher } from './presence-publisher.ts';
import { Scene } from './scene.ts';
import { Selection } from './selection/selection.ts';
import type { SessionPort } from './session-port.ts';
import { INITIAL_TOOLS, initialConnection } from './stores/initial-states.ts';
import { Notices, Tasks } from './stores/notices.ts';
import { Previews } from './stores/previews.ts';
import type {
  ConnectionState,
  GizmoState,
  HistoryState,
  Notice,
  PeopleState,
  PreviewTransform,
  SnapState,
  Space,
  Task,
  ToolName,
  ToolsState,
} from './stores/states.ts';
import { GizmoPlacement } from './tools/gizmo-placement.ts';
import type { KeyInput, PointerInput } from './tools/pointer-input.ts';
import { ToolMachine } from './tools/tool-machine.ts';
import type { ViewportPort } from './viewport-port.ts';

type FullOptions = EditorOptions & Required<Pick<EditorOptions, 'clock' | 'platform'>>;

const NO_DRAG: FieldDrag = {
  update: () => undefined,
  commit: () => undefined,
  cancel: () => undefined,
};

/** Wires the parts of the editor; each intent is one line that says which part does it. */
export class HeadlessEditor implements Editor {
  readonly tools: StoreApi<ToolsState> = createStore(() => INITIAL_TOOLS);
  readonly gizmo = createStore<GizmoState>(() => ({ pivot: null }));
  readonly people: StoreApi<PeopleState>;
  readonly connection: StoreApi<ConnectionState>;
  readonly history: StoreApi<HistoryState>;
  readonly actions: Actions;

  readonly #session: SessionPort;
  readonly #scene: Scene;
  readonly #selection = new Selection();
  readonly #previews = new Previews();
  readonly #notices = new Notices();
  readonly #tasks = new Tasks();
  readonly #eulers = new EulerMemory();
  readonly #issuer: Issuer;
  readonly #fields: FieldReader;
  readonly #outliner: Outliner;
  readonly #inspector: Inspector;
  readonly #machine: ToolMachine;
  readonly #placement: GizmoPlacement;
  readonly #presence: PresencePublisher;
  readonly #edits: EditContext;
  readonly #lives: ChangeReader;
  readonly #subscriptions: readonly (() => void)[];
  #viewport: ViewportPort | undefined;
  #updating = false;

  constructor(options: FullOptions) {
    const { session, self, clock, platform } = options;
    this.#session = session;
    this.#scene = new Scene(session.document);
    this.people = createStore<PeopleState>(() => ({ self, others: [] }));
    this.connection = createStore(() => initialConnection(self));
    this.history = createStore<HistoryState>(() => historyOf(session));
    this.#issuer = new Issuer(session, this.#notices, () => this.update());
    this.#fields = new FieldReader(this.#scene, this.#previews, this.#eulers);
    const canEdit = (): boolean => this.connection.getState().role !== 'viewer';
    this.#outliner = new Outliner(this.#scene, this.#selection, this.people);
    this.#inspector = new Inspector(
      this.#scene,
      this.#selection,
      this.#previews,
      this.#fields,
      canEdit,
    );
    const shared = {
      scene: this.#scene,
      selection: this.#selection,
      issuer: this.#issuer,
      canEdit,
      viewport: () => this.#viewport,
    };
    this.#edits = { ...shared, notices: this.#notices, outliner: this.#outliner };
    const toolContext = {
      ...shared,
      tools: this.tools,
      previews: this.#previews,
      gizmo: this.gizmo,
    };
    this.#machine = new ToolMachine(toolContext);
    this.#placement = new GizmoPlacement(toolContext);
    this.#presence = new PresencePublisher(this.#scene, this.#selection, {
      clock,
      announce: options.announce ?? (() => undefined),
    });
    this.#lives = session.document.world.observe(Hierarchy);
    this.#subscriptions = [
      session.onChange(() => this.#followSession()),
      this.#selection.store.subscribe(({ active }, before) => {
        if (active !== before.active) this.#outliner.reveal(active);
      }),
    ];
    this.actions = new Actions(platform, this.#notices);
    this.#registerActions(options, canEdit);
    this.#followSession();
    this.update();
  }

  get selection() {
    return this.#selection.store;
  }
  get outliner() {
    return this.#outliner.store;
  }
  get inspector() {
    return this.#inspector.store;
  }
  get notices() {
    return this.#notices.store;
  }
  get tasks() {
    return this.#tasks.store;
  }
  get preview() {
    return this.#previews.store;
  }

  update(): void {
    // A store's listener may issue a command, which would come back here.
    if (this.#updating) return;
    this.#updating = true;
    try {
      this.#pruneSelection();
      this.#machine.update();
      this.#outliner.update();
      this.#inspector.update();
      this.#placement.update();
    } finally {
      this.#updating = false;
    }
  }

  pointer(input: PointerInput): boolean {
    const captured = this.#machine.pointer(input);
    this.update();
    return captured;
  }

  key(input: KeyInput): boolean {
    if (input.type === 'down' && input.key === 'Escape' && this.#machine.cancel()) {
      this.update();
      return true;
    }
    // With the mouse button down, a key must not delete what is being dragged.
    return this.#machine.busy ? !input.editable : this.actions.dispatch(input);
  }

  attachViewport(viewport: ViewportPort | undefined): void {
    this.#viewport = viewport;
  }

  showPeerPreview(peer: string, transforms: ReadonlyMap<Entity, PreviewTransform>): void {
    this.#previews.showPeer(peer, transforms);
  }

  select(entities: readonly Entity[], mode: SelectMode = 'replace'): void {
    this.#selection.select(
      entities.filter((entity) => this.#scene.isObject(entity)),
      mode,
    );
    this.update();
  }

  hover(entity: Entity): void {
    this.#selection.hover(entity);
  }

  setTool(tool: ToolName): void {
    if (tool === this.tools.getState().tool) return;
    this.#machine.cancel();
    this.tools.setState({ tool });
    this.#presence.activate(tool);
    this.update();
  }

  setSpace(space: Space): void {
    this.tools.setState({ space });
    this.update();
  }

  setSnap(change: Partial<SnapState>): void {
    this.tools.setState({ snap: { ...this.tools.getState().snap, ...change } });
  }

  setFilter(text: string): void {
    this.#outliner.setFilter(text);
    this.#outliner.update();
  }

  toggleExpanded(entity: Entity): void {
    this.#outliner.toggleExpanded(entity);
    this.#outliner.update();
  }

  reveal(entity: Entity): void {
    this.#outliner.reveal(entity);
    this.#outliner.update();
  }

  rename(entity: Entity, name: string): void {
    rename(this.#edits, entity, name);
  }

  setFlag(entities: readonly Entity[], flag: FlagName, value: boolean): void {
    setFlag(this.#edits, entities, flag, value);
  }

  reparent(entities: readonly Entity[], parent: Entity, place?: ReorderPlace): void {
    reparent(this.#edits, entities, parent, place);
    this.update();
  }

  setField(component: string, field: string, value: FieldInput): void {
    if (!mayEdit(this.#edits)) return;
    const edit = this.#fieldEdit(component, field);
    edit.commit(edit.writes(value), this.#issuer);
    this.update();
  }

  setFieldText(component: string, field: string, element: number, text: string): boolean {
    const expression = parseNumber(text);
    if (expression === undefined) return false;
    this.setField(component, field, { element, map: (value: number) => expression.apply(value) });
    return true;
  }

  beginFieldDrag(component: string, field: string): FieldDrag {
    if (!mayEdit(this.#edits)) return NO_DRAG;
    const edit = this.#fieldEdit(component, field);
    return new PreviewedFieldDrag(this.#scene, this.#previews, this.#issuer, edit);
  }

  addComponent(component: string): void {
    setComponent(this.#edits, component, true);
  }

  removeComponent(component: string): void {
    setComponent(this.#edits, component, false);
  }

  addPrimitive(kind: PrimitiveKind): void {
    addPrimitive(this.#edits, kind);
    this.update();
  }

  addLight(kind: LightKind): void {
    addLight(this.#edits, kind);
    this.update();
  }

  addGroup(): void {
    addGroup(this.#edits);
    this.update();
  }

  groupSelected(): void {
    groupSelected(this.#edits);
    this.update();
  }

  ungroupSelected(): void {
    ungroupSelected(this.#edits);
    this.update();
  }

  deleteSelected(): void {
    deleteSelected(this.#edits);
  }

  duplicateSelected(): void {
    duplicateSelected(this.#edits);
    this.update();
  }

  copySelected(): string | undefined {
    return copySelected(this.#edits);
  }

  paste(text: string): boolean {
    const known = paste(this.#edits, text);
    this.update();
    return known;
  }

  undo(): void {
    this.#issuer.undo();
  }

  redo(): void {
    this.#issuer.redo();
  }

  notify(notice: Omit<Notice, 'id'>): string {
    return this.#notices.notify(notice);
  }

  dismiss(noticeId: string): void {
    this.#notices.dismiss(noticeId);
  }

  startTask(task: Omit<Task, 'id'>): TaskHandle {
    return this.#tasks.start(task);
  }

  dispose(): void {
    this.#machine.cancel();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#lives.dispose();
    this.#presence.dispose();
    this.#placement.dispose();
    this.#inspector.dispose();
    this.#outliner.dispose();
  }

  #fieldEdit(component: string, field: string): FieldEdit {
    const { entities } = this.#selection;
    const names = { component, field };
    return new FieldEdit(this.#scene, this.#fields, this.#eulers, entities, names);
  }

  #pruneSelection(): void {
    if (!this.#lives.pending) return;
    let lost = false;
    this.#lives.read((entity) => {
      lost ||= !this.#scene.isObject(entity);
    });
    if (lost) this.#selection.keep((entity) => this.#scene.isObject(entity));
  }

  #followSession(): void {
    this.history.setState(historyOf(this.#session), true);
    this.connection.setState({ pending: this.#session.pending });
  }

  #registerActions(options: EditorOptions, canEdit: () => boolean): void {
    const scene = this.#scene;
    const { clipboard, importFiles } = options;
    const actions = [
      ...toolActions(this),
      ...editActions(this, { scene, canEdit }),
      ...(clipboard === undefined ? [] : clipboardActions(this, clipboard, canEdit)),
      ...selectionActions(this, { scene, objects: () => this.#outliner.entities() }),
      ...addActions(this, canEdit),
      ...viewActions(this, () => this.#viewport),
      ...(importFiles === undefined ? [] : fileActions(importFiles, canEdit)),
    ];
    for (const action of actions) this.actions.register(action);
  }
}

function historyOf({ history }: SessionPort): HistoryState {
  const { canUndo, canRedo, undoLabel, redoLabel } = history;
  return { canUndo, canRedo, undoLabel, redoLabel };
}
