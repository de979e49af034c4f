import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PrimitiveKind } from '../../editor/editor.ts';

/** What the trigger does in space; `none` leaves it to the editor's tools, `teleport` goes somewhere. */
export type BrushKind = 'none' | 'shape' | 'ribbon' | 'tube' | 'measure' | 'teleport';

export interface BrushState {
  readonly kind: BrushKind;
  readonly shape: PrimitiveKind;
  /** Of what is made, and of what is painted: `#rrggbb`. */
  readonly color: string;
  /** Of a ribbon or a tube, in the person's metres. */
  readonly width: number;
}

export function createBrush(): StoreApi<BrushState> {
  return createStore<BrushState>(() => ({
    kind: 'none',
    shape: 'box',
    color: '#e2574c',
    width: 0.02,
  }));
}
