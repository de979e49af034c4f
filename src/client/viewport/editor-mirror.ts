import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { Editor, PreviewTransform } from '../../editor/editor.ts';
import type { SceneView } from '../../render/scene-view.ts';
import type { PointerFeed } from './pointer-feed.ts';

/** Shows in the view what the editor's stores say. It writes nothing to them. */
export class EditorMirror {
  readonly #editor: Editor;
  readonly #view: SceneView;
  readonly #feed: PointerFeed;
  readonly #unsubscribe: readonly (() => void)[];
  #selectionStale = true;
  #gizmoStale = true;
  #previewVersion = -1;

  constructor(editor: Editor, view: SceneView, feed: PointerFeed) {
    this.#editor = editor;
    this.#view = view;
    this.#feed = feed;
    const selection = (): void => {
      this.#selectionStale = true;
    };
    const gizmo = (): void => {
      this.#gizmoStale = true;
    };
    feed.onHandleChange = gizmo;
    this.#unsubscribe = [
      editor.selection.subscribe(selection),
      editor.people.subscribe(selection),
      editor.view.subscribe(selection),
      editor.tools.subscribe(gizmo),
      editor.gizmo.subscribe(gizmo),
    ];
  }

  /** Brings the view up to date; returns whether there was anything to show. */
  update(): boolean {
    const { version } = this.#editor.preview.getState();
    const stale = this.#selectionStale || this.#gizmoStale || version !== this.#previewVersion;
    if (this.#selectionStale) this.#showSelection();
    if (this.#gizmoStale) this.#showGizmo();
    if (version !== this.#previewVersion) this.#showPreview(version);
    return stale;
  }

  dispose(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #showSelection(): void {
    this.#selectionStale = false;
    const { entities, hovered } = this.#editor.selection.getState();
    const { others } = this.#editor.people.getState();
    this.#view.showShot(this.#shownCamera());
    this.#view.setSelection({
      own: entities,
      hovered: hovered === NO_ENTITY || entities.includes(hovered) ? undefined : hovered,
      others: others.map(({ selection, color }) => ({ entities: selection, color })),
    });
  }

  /** The active object when it is a camera that one does not look through already. */
  #shownCamera(): Entity | undefined {
    const { active } = this.#editor.selection.getState();
    const { camera } = this.#editor.view.getState();
    return active === NO_ENTITY || active === camera ? undefined : active;
  }

  #showGizmo(): void {
    this.#gizmoStale = false;
    const { tool } = this.#editor.tools.getState();
    const { pivot, snappedTo } = this.#editor.gizmo.getState();
    this.#view.snapMark.at = snappedTo;
    this.#view.gizmo.set({
      mode: tool === 'select' ? undefined : tool,
      pivot,
      hovered: this.#feed.hoveredHandle,
      grabbed: this.#feed.grabbedHandle,
    });
  }

  /** Others' drags first, so that one's own shows where both hold the same entity. */
  #showPreview(version: number): void {
    this.#previewVersion = version;
    const { own, fields, peers } = this.#editor.preview.getState();
    const shown = new Map<Entity, PreviewTransform>();
    for (const transforms of peers.values()) {
      for (const [entity, transform] of transforms) shown.set(entity, transform);
    }
    for (const [entity, transform] of own) shown.set(entity, transform);
    this.#view.setPreview(shown, fields);
  }
}
