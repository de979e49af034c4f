import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Editor } from '../../editor/editor.ts';
import { messageOf } from '../../shared/errors.ts';
import type { HeadsetState } from '../../ui/toolbar/headset-buttons.tsx';
import type { PanelControl } from '../../xr/panels/panel.ts';
import { requestXrSession } from '../../xr/session/request-session.ts';
import { findXrSupport, NO_XR, type XrMode, type XrSwitch } from '../../xr/session/xr-support.ts';
import type { XrStage, XrStageOptions } from '../../xr/stage/xr-stage.ts';

/** A headset's session that takes the place of the viewport on the page. */
export interface Presentation {
  readonly session: XRSession;
  readonly mode: XrMode;
  createStage(options: Omit<XrStageOptions, 'session' | 'mode' | keyof PageParts>): XrStage;
}

/** What the page shows in panels of its own, and the headset on its boards. */
type PageParts = Pick<XrStageOptions, 'travel' | 'figures'>;

export interface HeadsetOptions {
  readonly editor: Editor;
  readonly choice: XrSwitch;
  /** What is there by the time that a headset is entered. */
  readonly parts: () => PageParts;
  /** The page's `navigator.xr`. */
  readonly xr: XRSystem | undefined;
}

/** What scripts are told of it. */
export interface HeadsetReport extends HeadsetState {
  readonly mode: XrMode | undefined;
  /** Drawn since it was entered. */
  readonly frames: number;
  /** Where the person's floor stands in the world, metres; and world metres to one of theirs. */
  readonly floor: readonly [number, number, number] | undefined;
  readonly scale: number | undefined;
  /** What its panels offer, and where in the room. */
  readonly controls: readonly PanelControl[];
}

const NAMES: Readonly<Record<XrMode, string>> = { vr: 'VR', ar: 'AR' };

/** Entering a headset and leaving it: whether one can, whether one is, and what is shown in it. */
export class Headset {
  readonly state: StoreApi<HeadsetState> = createStore<HeadsetState>(() => ({
    ...NO_XR,
    status: 'out',
  }));
  /** What the viewport shows in a headset now. */
  readonly presentation = createStore<{ readonly current: Presentation | undefined }>(() => ({
    current: undefined,
  }));
  readonly #options: HeadsetOptions;

  constructor(options: HeadsetOptions) {
    this.#options = options;
    const { xr, editor } = options;
    for (const mode of ['vr', 'ar'] as const) {
      editor.actions.register({
        id: `view.${mode}`,
        label: `Enter ${NAMES[mode]}`,
        group: 'View',
        icon: 'rectangle-goggles',
        keys: [],
        enabled: () => this.state.getState()[mode] && this.state.getState().status === 'out',
        run: () => this.enter(mode),
      });
    }
    xr?.addEventListener('devicechange', () => void this.#look());
    void this.#look();
  }

  /** Call it inside the click: the browser wants it there. */
  readonly enter = (mode: XrMode): void => {
    const { xr } = this.#options;
    if (xr === undefined || this.state.getState().status !== 'out') return;
    this.state.setState({ status: 'entering' });
    void this.#open(requestXrSession(xr, mode), mode);
  };

  /** Leaves the headset; the viewport is back where it was. */
  readonly exit = (): void => {
    const { current } = this.presentation.getState();
    // Ended twice, or by the system meanwhile: then it is over, which is what was wanted.
    current?.session.end().catch(() => this.#ended(current.session));
  };

  /** The stage could not be set up, or its graphics were lost. */
  readonly fail = (reason: string): void => {
    this.#options.editor.notify({ kind: 'error', text: reason });
    this.exit();
  };

  /** @param stage what is shown in it */
  report(stage: XrStage | undefined): HeadsetReport {
    const { current } = this.presentation.getState();
    return {
      ...this.state.getState(),
      mode: current?.mode,
      frames: stage?.frames ?? 0,
      floor: stage?.rig.position.toArray(),
      scale: stage?.rig.scale,
      controls: stage?.controls() ?? [],
    };
  }

  async #look(): Promise<void> {
    this.state.setState(await findXrSupport(this.#options.xr, this.#options.choice));
  }

  async #open(requested: Promise<XRSession>, mode: XrMode): Promise<void> {
    try {
      const [session, { XrStage }] = await Promise.all([
        requested,
        import('../../xr/stage/xr-stage.ts'),
      ]);
      session.addEventListener('end', () => this.#ended(session), { once: true });
      const createStage: Presentation['createStage'] = (options) =>
        new XrStage({ ...options, session, mode, ...this.#options.parts() });
      this.presentation.setState({ current: { session, mode, createStage } });
      this.state.setState({ status: 'in' });
    } catch (thrown) {
      this.state.setState({ status: 'out' });
      this.#options.editor.notify({ kind: 'error', text: messageOf(thrown) });
      // Where only the code could not be loaded there is a session, with nothing to show in it.
      requested.then((session) => session.end()).catch(() => undefined);
    }
  }

  #ended(session: XRSession): void {
    if (this.presentation.getState().current?.session !== session) return;
    this.presentation.setState({ current: undefined });
    this.state.setState({ status: 'out' });
  }
}
