import type { StoreApi } from 'zustand/vanilla';
import type { Issuer } from '../issuer.ts';
import type { Scene } from '../scene.ts';
import type { Selection } from '../selection/selection.ts';
import type { Previews } from '../stores/previews.ts';
import type { GizmoState, ToolsState, ViewState } from '../stores/states.ts';
import type { ViewportPort } from '../viewport-port.ts';
import type { KeyInput, PointerInput } from './pointer-input.ts';

/** What the states of the tools work with. */
export interface ToolContext {
  readonly scene: Scene;
  readonly selection: Selection;
  readonly tools: StoreApi<ToolsState>;
  readonly view: StoreApi<ViewState>;
  readonly previews: Previews;
  readonly issuer: Issuer;
  /** Where the gizmo stands. A gesture carries it along; else it is derived. */
  readonly gizmo: StoreApi<GizmoState>;
  canEdit(): boolean;
  viewport(): ViewportPort | undefined;
}

/** One phase of what a hand does. */
export interface ToolState {
  /** Whether it owns the pointer, so that the camera keeps still. */
  readonly capturing: boolean;
  /** The state that follows: this one to stay, `undefined` when the gesture is over. */
  pointer(input: PointerInput): ToolState | undefined;
  /** A key that was pressed meanwhile; answers as `pointer` does. Without it keys do nothing. */
  key?(input: KeyInput): ToolState | undefined;
  /** Takes back whatever was shown. True where that ended something though nothing was captured. */
  cancel(): unknown;
  /** Once a frame: false when what it was about is gone, and it should be cancelled. */
  stillValid?(): boolean;
}
