import type { Page } from '@playwright/test';
import '../e2e/support/theta-window.ts';

/** Fills the scene in steps of a size that people make. */
export async function fillScene(page: Page, count: number): Promise<void> {
  const step = 1000;
  for (let from = 0; from < count; from += step) {
    const outcome = await page.evaluate(
      ({ first, many }) =>
        window.theta.transaction('Fill', (tx) => {
          for (let i = first; i < first + many; i++) {
            tx.execute('entity.create', {
              name: `Object ${i}`,
              components: {
                transform: { position: [(i % 100) * 2, 0.5, Math.floor(i / 100) * 2] },
                primitive: { kind: 'box' },
                material: { color: [0.4, 0.6, (i % 4) / 4, 1] },
              },
            });
          }
        }),
      { first: from, many: Math.min(step, count - from) },
    );
    if (outcome.status !== 'accepted') throw new Error(`Filling was ${outcome.status}.`);
  }
}
