import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CrashBoundary } from './crash-boundary.tsx';
import { followPreferences } from './settings/preferences.ts';
import './theme/base.css';

/** What fills the page now. */
export interface Screen {
  /** Shows something else in its place. */
  show(content: ReactNode): void;
  /** Takes everything off the page. */
  close(): void;
}

/** Fills an element of the page with the theme around whatever is shown. */
export function openScreen(root: HTMLElement, content: ReactNode): Screen {
  followPreferences();
  const reactRoot = createRoot(root);
  const show = (shown: ReactNode) =>
    reactRoot.render(
      <StrictMode>
        <CrashBoundary>{shown}</CrashBoundary>
      </StrictMode>,
    );
  show(content);
  return { show, close: () => reactRoot.unmount() };
}
