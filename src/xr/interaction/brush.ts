import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PrimitiveKind } from '../../editor/editor.ts';

/** What the trigger makes in space; `none` leaves it to the editor's tools. */
export type BrushKind = 'none' | 'shape' | 'ribbon' | 'tube' | 'measure';

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
