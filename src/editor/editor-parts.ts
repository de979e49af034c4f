import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChangeReader } from '../ecs/change-log.ts';
import { Hierarchy } from '../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../ecs/entity.ts';
import type { EditorOptions } from './editor-options.ts';
import type { EditContext } from './edits/edit-context.ts';
import { EulerMemory } from './inspector/euler-memory.ts';
import { FieldReader } from './inspector/field-reader.ts';
import { Inspector } from './inspector/inspector.ts';
import { Issuer } from './issuer.ts';
import { SharedMaterials } from './materials/shared-materials.ts';
import { Outliner } from './outliner/outliner.ts';
import { Company } from './people/follow.ts';
import { PresencePublisher } from './presence-publisher.ts';
import { Scene } from './scene.ts';
import { Selection } from './selection/selection.ts';
import type { SessionPort } from './session-port.ts';
import { INITIAL_TOOLS, INITIAL_VIEW, initialConnection } from './stores/initial-states.ts';
import { Notices, Tasks } from './stores/notices.ts';
import { Previews } from './stores/previews.ts';
import type {
  ConnectionState,
  GizmoState,
  HistoryState,
  PeopleState,
  ToolsState,
  ViewState,
} from './stores/states.ts';
import { GizmoPlacement } from './tools/gizmo-placement.ts';
import { ToolMachine } from './tools/tool-machine.ts';
import type { ToolContext } from './tools/tool-state.ts';
import type { ViewportPort } from './viewport-port.ts';

export type FullEditorOptions = EditorOptions & Required<Pick<EditorOptions, 'clock' | 'platform'>>;

/** The parts of an editor, wired to one another and to the session. */
export class EditorParts {
  readonly tools: StoreApi<ToolsState> = createStore(() => INITIAL_TOOLS);
  readonly view: StoreApi<ViewState> = createStore(() => INITIAL_VIEW);
  readonly gizmo = createStore<GizmoState>(() => ({ pivot: null }));
  readonly people: StoreApi<PeopleState>;
  readonly connection: StoreApi<ConnectionState>;
  readonly history: StoreApi<HistoryState>;
  readonly scene: Scene;
  readonly selection = new Selection();
  readonly previews = new Previews();
  readonly notices = new Notices();
  readonly tasks = new Tasks();
  readonly eulers = new EulerMemory();
  readonly fields: FieldReader;
  readonly issuer: Issuer;
  readonly outliner: Outliner;
  readonly inspector: Inspector;
  readonly toolContext: ToolContext;
  readonly materials: SharedMaterials;
  readonly machine: ToolMachine;
  readonly presence: PresencePublisher;
  readonly company: Company;
  readonly edits: EditContext;
  viewport: ViewportPort | undefined;

  readonly #session: SessionPort;
  readonly #placement: GizmoPlacement;
  readonly #lives: ChangeReader;
  readonly #subscriptions: readonly (() => void)[];
  #updating = false;

  constructor({ session, self, clock, announce, contents, sessionId = '' }: FullEditorOptions) {
    this.#session = session;
    this.scene = new Scene(session.document);
    this.people = createStore<PeopleState>(() => ({
      self,
      others: [],
      following: '',
      unseen: false,
    }));
    this.connection = createStore(() => initialConnection(self));
    this.history = createStore<HistoryState>(() => historyOf(session));
    const { scene, selection, previews, notices, tools, view, gizmo } = this;
    this.issuer = new Issuer(session, notices, () => this.update());
    this.fields = new FieldReader(scene, previews, this.eulers);
    this.outliner = new Outliner(scene, selection, this.people, previews);
    this.inspector = new Inspector(scene, selection, previews, this.fields, this.canEdit);
    this.materials = new SharedMaterials(scene, previews);
    const { issuer, canEdit, outliner } = this;
    const shared = { scene, selection, issuer, canEdit, viewport: () => this.viewport };
    this.edits = { ...shared, notices, outliner, sessionId, contents, tasks: this.tasks };
    this.toolContext = { ...shared, tools, view, previews, gizmo };
    this.machine = new ToolMachine(this.toolContext);
    this.#placement = new GizmoPlacement(this.toolContext);
    this.company = new Company(this.people, announce ?? (() => undefined));
    this.presence = new PresencePublisher(scene, selection, {
      clock,
      announce: announce ?? (() => undefined),
    });
    this.#lives = session.document.world.observe(Hierarchy);
    this.#subscriptions = [
      session.onChange(() => this.#followSession()),
      selection.store.subscribe(({ active }, before) => {
        if (active !== before.active) outliner.reveal(active);
      }),
    ];
    this.#followSession();
    this.update();
  }

  readonly canEdit = (): boolean => this.connection.getState().role !== 'viewer';

  /** Brings every store up to date with the document; the order is that in which they depend. */
  update(): void {
    // A store's listener may issue a command, which would come back here.
    if (this.#updating) return;
    this.#updating = true;
    try {
      this.#pruneSelection();
      this.machine.update();
      this.outliner.update();
      this.inspector.update();
      this.materials.update();
      this.#placement.update();
    } finally {
      this.#updating = false;
    }
  }

  dispose(): void {
    this.machine.cancel();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#lives.dispose();
    this.presence.dispose();
    this.company.dispose();
    this.#placement.dispose();
    this.inspector.dispose();
    this.materials.dispose();
    this.outliner.dispose();
  }

  #pruneSelection(): void {
    if (!this.#lives.pending) return;
    let lost = false;
    this.#lives.read((entity) => {
      lost ||= !this.scene.isObject(entity);
    });
    if (lost) this.#forgetLost((entity) => this.scene.isObject(entity));
  }

  #forgetLost(isThere: (entity: Entity) => boolean): void {
    this.selection.keep(isThere);
    const { camera, isolated } = this.view.getState();
    if (!isThere(camera)) this.view.setState({ camera: NO_ENTITY });
    if (!isolated.every(isThere)) this.view.setState({ isolated: isolated.filter(isThere) });
  }

  #followSession(): void {
    this.history.setState(historyOf(this.#session), true);
    this.connection.setState({ pending: this.#session.pending });
  }
}

function historyOf({ history }: SessionPort): HistoryState {
  const { canUndo, canRedo, undoLabel, redoLabel } = history;
  return { canUndo, canRedo, undoLabel, redoLabel };
}
