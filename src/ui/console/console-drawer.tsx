import { lazy, Suspense } from 'react';
import styles from './console-drawer.module.css';
import type { ConsoleView } from './console-view.ts';

const ConsolePanel = lazy(async () => {
  const panel = await import('./console-panel.tsx');
  return { default: panel.ConsolePanel };
});

/** The console's panel, whose code comes when it is opened first. */
export function ConsoleDrawer({ scripts }: { readonly scripts: ConsoleView }) {
  return (
    <Suspense fallback={<div className={styles.coming} aria-busy="true" />}>
      <ConsolePanel scripts={scripts} />
    </Suspense>
  );
}
