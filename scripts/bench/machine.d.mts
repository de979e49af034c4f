import type { Machine } from './results.mjs';

export function describeMachine(root: string): Machine & { readonly measuredAt: string };
