import { useSyncExternalStore } from 'react';

const query = typeof matchMedia === 'function' ? matchMedia('(pointer: coarse)') : undefined;

function follow(listener: () => void): () => void {
  query?.addEventListener('change', listener);
  return () => query?.removeEventListener('change', listener);
}

/** Whether people point with fingers, for which the theme's heights are others. */
export function useCoarsePointer(): boolean {
  return useSyncExternalStore(follow, () => query?.matches ?? false);
}
