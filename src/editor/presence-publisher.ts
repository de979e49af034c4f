import type { Entity } from '../ecs/entity.ts';
import type { Clock } from '../shared/clock.ts';
import type { EditorOptions } from './editor-options.ts';
import type { Scene } from './scene.ts';
import type { Selection } from './selection/selection.ts';
import type { ToolName } from './stores/states.ts';
import { Throttle } from './throttle.ts';

/** The others are shown that many of a selection, the newest. */
const MOST_HIGHLIGHTED = 256;

/** Tells the other people what is selected and which tool is in use. */
export class PresencePublisher {
  readonly #highlight: Throttle<readonly Entity[]>;
  readonly #unsubscribe: () => void;
  readonly #tool: Throttle<ToolName>;
  readonly #selection: Selection;
  #unseen = false;

  constructor(
    scene: Scene,
    selection: Selection,
    {
      clock,
      announce,
    }: { readonly clock: Clock; readonly announce: NonNullable<EditorOptions['announce']> },
  ) {
    this.#selection = selection;
    this.#highlight = new Throttle(clock, (entities) => {
      const { document } = scene;
      const shown = entities.slice(-MOST_HIGHLIGHTED).filter((each) => document.isAlive(each));
      announce('selection.highlight', {
        entities: shown.map((entity) => document.idOf(entity)),
      });
    });
    let held: ToolName | undefined;
    this.#tool = new Throttle(clock, (tool) => {
      // A pointer that only selects holds no tool.
      if (tool !== 'select') announce('tool.activate', { tool });
      else if (held !== undefined) announce('tool.deactivate', { tool: held });
      held = tool === 'select' ? undefined : tool;
    });
    this.#unsubscribe = selection.store.subscribe((state, before) => {
      if (state.entities !== before.entities && !this.#unseen) this.#highlight.push(state.entities);
    });
  }

  activate(tool: ToolName): void {
    if (!this.#unseen) this.#tool.push(tool);
  }

  /** Takes off the others' screens what is selected and used, or puts it there again. */
  hide(unseen: boolean): void {
    this.#unseen = unseen;
    this.#highlight.push(unseen ? [] : this.#selection.entities);
    if (unseen) this.#tool.push('select');
  }

  dispose(): void {
    this.#unsubscribe();
    this.#highlight.dispose();
    this.#tool.dispose();
  }
}
