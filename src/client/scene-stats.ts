import { createStore, type StoreApi } from 'zustand/vanilla';
import { Asset, Hierarchy } from '../ecs/components/index.ts';
import type { Document } from '../ecs/document/document.ts';
import type { SceneStats } from '../ui/status/scene-stats.ts';
import type { ViewportModel } from './viewport/viewport-model.ts';

/** How often the status bar's counts are taken, in ms. */
const STATS_MS = 500;

/** What the status bar says of the scene, for as long as the page lives. */
export function countScene(document: Document, viewport: ViewportModel): StoreApi<SceneStats> {
  const stats = createStore<SceneStats>(() => ({ entities: 0, renderer: undefined }));
  const objects = document.world.query({ all: [Hierarchy], none: [Asset] });
  setInterval(() => {
    let entities = 0;
    objects.forEach((entity) => {
      if (document.isAlive(entity)) entities += 1;
    });
    stats.setState({ entities, renderer: viewport.state.getState().renderer });
  }, STATS_MS);
  return stats;
}
